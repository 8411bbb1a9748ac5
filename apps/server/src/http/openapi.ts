import { errorStatus, type Endpoint } from '@vouch/contract'
import * as z from 'zod'
import { endpointTable } from './serve.ts'

const asJson = (schema: Endpoint['input'], io: 'input' | 'output') =>
  z.toJSONSchema(schema as never, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' })
    },
  })

/** The interface described from the very schemas that check it, as OpenAPI 3.1. */
export function openapi(publicUrl: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const endpoint of endpointTable) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation(endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Vouch',
      version: '0.1.0',
      description:
        'What a rep and the office may ask of Vouch. Errors are one table; refusals of a send are answers, not errors.',
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: {
        Error: {
          type: 'object',
          required: ['error', 'requestId'],
          properties: {
            error: { enum: Object.keys(errorStatus) },
            requestId: { type: 'string' },
            field: { type: 'string' },
            retryAfterMs: { type: 'number' },
          },
        },
      },
      securitySchemes: {
        rep: { type: 'apiKey', in: 'cookie', name: '__Host-vouch_rep' },
        console: { type: 'apiKey', in: 'cookie', name: '__Host-vouch_console' },
      },
    },
  }
}

function operation(endpoint: Endpoint) {
  const fault = {
    description: 'An error',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  }
  return {
    operationId: endpoint.path.split('/').slice(2).join('_').replaceAll('-', '_'),
    security: [{ [endpoint.caller]: [] }],
    ...(endpoint.method === 'POST'
      ? {
          requestBody: { required: true, content: { 'application/json': { schema: asJson(endpoint.input, 'input') } } },
        }
      : {}),
    responses: {
      200: {
        description: 'The answer',
        content: { 'application/json': { schema: asJson(endpoint.output, 'output') } },
      },
      default: fault,
    },
  }
}
