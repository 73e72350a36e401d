// The services of COSEM with short names: attributes are variables, methods are variables that are written or read.
import type { Data } from '../../protocol/data/data.ts'
import type { AccessSelection, GetDataResult } from '../../protocol/xdlms/common.ts'
import type { VariableAccessSpecification } from '../../protocol/xdlms/short-names.ts'
import type { Services } from '../cosem-services.ts'
import type { MethodInvoked } from '../logical-names/action.ts'
import { broken, done, refused, type ServiceOutcome } from '../service-outcome.ts'
import type { Session } from '../session.ts'
import {
  attributeName,
  isAssociation,
  listedIn,
  methodName,
  OBJECT_LIST,
  objectNamed,
  returns,
  type ListedObject,
  type Named,
} from './object-names.ts'
import { read } from './read.ts'
import { write, type Written } from './write.ts'

/** Where the object list is kept once it is read. */
export interface NameBook {
  known(): readonly ListedObject[] | undefined
  learn(listed: readonly ListedObject[]): void
}

export function withShortNames(session: Session, book: NameBook): Services {
  const find = (named: Named) => found(session, book, named)
  return {
    async get({ attribute, selection }) {
      const object = await find(attribute)
      if (object.is !== 'found') return object
      return single(await read(session, [variableOf(object.listed, attribute['attribute-id'], selection)]))
    },
    async set({ attribute, selection, value }) {
      const object = await find(attribute)
      if (object.is !== 'found') return object
      const variable = variableOf(object.listed, attribute['attribute-id'], selection)
      return onlyWritten(await write(session, [{ variable, value }]))
    },
    async action({ method, parameter }) {
      const object = await find(method)
      if (object.is !== 'found') return object
      const { listed } = object
      const written = invocation(listed, { method, ...(parameter === undefined ? {} : { parameter }) })
      if (written === undefined) return impossible(`class ${listed.classId} has no short name for its methods`)
      if (!returns(listed, method['method-id'])) return noValue(onlyWritten(await write(session, [written])))
      return single(await read(session, [parameterized(written)]))
    },
    async getWithList(asked) {
      const variables: VariableAccessSpecification[] = []
      for (const { attribute, selection } of asked) {
        const object = await find(attribute)
        if (object.is !== 'found') return object
        variables.push(variableOf(object.listed, attribute['attribute-id'], selection))
      }
      return read(session, variables)
    },
    async setWithList(all) {
      const written: Written[] = []
      for (const { attribute, selection, value } of all) {
        const object = await find(attribute)
        if (object.is !== 'found') return object
        written.push({ variable: variableOf(object.listed, attribute['attribute-id'], selection), value })
      }
      return write(session, written)
    },
    access: async () => ({ is: 'impossible', why: 'with short names there is no ACCESS' }),
    async actionWithList(all) {
      const written: Written[] = []
      for (const invoked of all) {
        const object = await find(invoked.method)
        if (object.is !== 'found') return object
        const one = returns(object.listed, invoked.method['method-id']) ? undefined : invocation(object.listed, invoked)
        if (one === undefined) return impossible('a method that returns something, or has no short name, in a list')
        written.push(one)
      }
      const results = await write(session, written)
      return results.is === 'done' ? { ...results, value: results.value.map((result) => ({ result })) } : results
    },
  }
}

const impossible = (why: string): ServiceOutcome<never> => ({ is: 'impossible', why })

type Found = { readonly is: 'found'; readonly listed: ListedObject }

/** The object by its name; the list is read where it is not known yet. */
async function found(session: Session, book: NameBook, named: Named): Promise<Found | ServiceOutcome<never>> {
  let listed = book.known()
  if (listed === undefined && !isAssociation(named)) {
    const list = single(await read(session, [{ is: 'variable-name', value: OBJECT_LIST }]))
    if (list.is !== 'done') return list
    const elements = listedIn(list.value)
    if (typeof elements === 'string')
      return broken(
        { rule: 'object-list', expected: 'an array of object list elements', found: elements },
        list.transfer,
      )
    book.learn(elements)
    listed = elements
  }
  const object = objectNamed(listed ?? [], named)
  return object === undefined ? { is: 'unlisted' } : { is: 'found', listed: object }
}

function variableOf(
  object: ListedObject,
  attributeId: number,
  selection: AccessSelection | undefined,
): VariableAccessSpecification {
  const name = attributeName(object, attributeId)
  if (selection === undefined) return { is: 'variable-name', value: name }
  const { 'access-selector': selector, 'access-parameters': parameter } = selection
  return { is: 'parameterized-access', value: { 'variable-name': name, selector, parameter } }
}

/** Undefined: the method has no short name. */
function invocation(object: ListedObject, { method, parameter }: MethodInvoked): Written | undefined {
  const name = methodName(object, method['method-id'])
  if (name === undefined) return undefined
  return { variable: { is: 'variable-name', value: name }, value: parameter ?? { is: 'null-data' } }
}

/** A method that returns something is read, with its parameter (ruling C20: selector 1). */
const parameterized = ({ variable, value }: Written): VariableAccessSpecification =>
  variable.is === 'variable-name'
    ? { is: 'parameterized-access', value: { 'variable-name': variable.value, selector: 1, parameter: value } }
    : variable

function single(outcome: ServiceOutcome<readonly GetDataResult[]>): ServiceOutcome<Data> {
  if (outcome.is !== 'done') return outcome
  const [only] = outcome.value
  if (only?.is === 'data') return done(only.value, outcome.transfer)
  return refused(only?.value ?? 'nothing', outcome.transfer)
}

function onlyWritten(outcome: ServiceOutcome<readonly (string | number)[]>): ServiceOutcome<true> {
  if (outcome.is !== 'done') return outcome
  const [result = 'nothing'] = outcome.value
  return result === 'success' ? done(true, outcome.transfer) : refused(result, outcome.transfer)
}

const noValue = (outcome: ServiceOutcome<true>): ServiceOutcome<undefined> =>
  outcome.is === 'done' ? { ...outcome, value: undefined } : outcome
