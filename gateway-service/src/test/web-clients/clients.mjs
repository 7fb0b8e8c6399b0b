// Calls a gateway with the clients that the field uses, and says what came of it.
//   node clients.mjs http://127.0.0.1:8080 api.bin
// api.bin is a FileDescriptorSet of the public API and of google.rpc; ALLOWED_ORIGIN names one that CORS allows.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { create, createFileRegistry, fromBinary, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import XMLHttpRequest from 'xhr2';

const [gateway, descriptors] = process.argv.slice(2);
const api = readFileSync(descriptors);
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, api));
const password = 'correct horse';
let names = Date.now();
const freshName = (client) => `${client}-${(names++).toString(36)}`;

// As in a browser, what has come can be read before all has; xhr2 leaves that out.
class ReadableWhileLoading extends XMLHttpRequest {
  _onHttpResponseData(response, data) {
    this.responseText = Buffer.concat([...this._responseParts, data]).toString('latin1');
    super._onHttpResponseData(response, data);
  }
}
// grpc-web looks for the browser's class when it is loaded.
globalThis.XMLHttpRequest = ReadableWhileLoading;
const { default: grpcWeb } = await import('grpc-web');

const reasonIn = (status) => {
  const info = status.details.find((detail) => detail.typeUrl.endsWith('google.rpc.ErrorInfo'));
  return fromBinary(registry.getMessage('google.rpc.ErrorInfo'), info.value).reason;
};
const reasonInBytes = (bytes) => reasonIn(fromBinary(registry.getMessage('google.rpc.Status'), bytes));

// Each client as { unary(service, method, request, token), first(service, method, request, token) }: the answer, or the
// first message of a stream, which is then given up. Refused calls throw { status, reason }.

function connectWeb() {
  const transport = createGrpcWebTransport({ baseUrl: gateway });
  const client = (service) => createClient(registry.getService(`gamehall.v1.${service}`), transport);
  const local = (method) => method[0].toLowerCase() + method.slice(1);
  const headers = (token) => (token ? { authorization: `Bearer ${token}` } : {});
  const refusal = (failure) => {
    const error = ConnectError.from(failure);
    const info = error.findDetails(registry.getMessage('google.rpc.ErrorInfo'))[0];
    return { status: error.code, reason: info?.reason, cause: failure };
  };
  return {
    async unary(service, method, request, token) {
      try {
        return await client(service)[local(method)](request, { headers: headers(token) });
      } catch (failure) {
        throw refusal(failure);
      }
    },
    async first(service, method, request, token) {
      const gone = new AbortController();
      try {
        const options = { headers: headers(token), signal: gone.signal };
        for await (const message of client(service)[local(method)](request, options)) return message;
        throw new Error('The stream ended without a message');
      } finally {
        gone.abort();
      }
    },
  };
}

function grpcWebClient(format) {
  const client = new grpcWeb.GrpcWebClientBase({ format });
  const call = (service, method, kind) => {
    const described = registry.getService(`gamehall.v1.${service}`).methods.find((each) => each.name === method);
    const path = `/gamehall.v1.${service}/${method}`;
    const Message = class {};
    return [
      gateway + path,
      new grpcWeb.MethodDescriptor(path, kind, Message, Message,
        (request) => toBinary(described.input, create(described.input, request)),
        (bytes) => fromBinary(described.output, bytes)),
    ];
  };
  const headers = (token) => (token ? { Authorization: `Bearer ${token}` } : {});
  const refusal = (failure) => {
    const details = failure.metadata?.['grpc-status-details-bin'];
    return { status: failure.code, reason: details && reasonInBytes(Buffer.from(details, 'base64')), cause: failure };
  };
  return {
    unary(service, method, request, token) {
      const [url, descriptor] = call(service, method, grpcWeb.MethodType.UNARY);
      return new Promise((resolve, reject) => client.rpcCall(url, request, headers(token), descriptor,
        (failure, answer) => (failure ? reject(refusal(failure)) : resolve(answer))));
    },
    first(service, method, request, token) {
      const [url, descriptor] = call(service, method, grpcWeb.MethodType.SERVER_STREAMING);
      return new Promise((resolve, reject) => {
        const stream = client.serverStreaming(url, request, headers(token), descriptor);
        stream.on('data', (message) => {
          stream.cancel();
          resolve(message);
        });
        stream.on('error', (failure) => reject(refusal(failure)));
        stream.on('end', () => reject(new Error('The stream ended without a message')));
      });
    },
  };
}

function grpcJs() {
  const loaded = protoLoader.loadFileDescriptorSetFromBuffer(api, { keepCase: false, longs: String, oneofs: true });
  const definition = grpc.loadPackageDefinition(loaded);
  const address = new URL(gateway).host;
  const client = (service) => new definition.gamehall.v1[service](address, grpc.credentials.createInsecure());
  const metadata = (token) => {
    const headers = new grpc.Metadata();
    if (token) headers.set('authorization', `Bearer ${token}`);
    return headers;
  };
  // As the other clients have it: { case, value } for the oneof that a message holds.
  const withCase = (message, oneof) => ({ ...message, [oneof]: { case: message[oneof], value: message[message[oneof]] } });
  const asOthers = (message) => ['outcome', 'update', 'event'].reduce(
    (told, oneof) => (typeof told[oneof] === 'string' ? withCase(told, oneof) : told), message);
  return {
    unary(service, method, request, token) {
      const stub = client(service);
      return new Promise((resolve, reject) => stub[method](request, metadata(token), { deadline: Date.now() + 20_000 },
        (failure, answer) => {
          stub.close();
          if (!failure) return resolve(asOthers(answer));
          const details = failure.metadata?.get('grpc-status-details-bin')[0];
          return reject({ status: failure.code, reason: details && reasonInBytes(details), cause: failure });
        }));
    },
    first(service, method, request, token) {
      const stub = client(service);
      return new Promise((resolve, reject) => {
        const stream = stub[method](request, metadata(token));
        stream.on('data', (message) => {
          resolve(asOthers(message));
          stream.cancel();
        });
        stream.on('error', (failure) => {
          stub.close();
          reject(failure);
        });
      });
    },
  };
}

const clients = {
  'connect-web': connectWeb(),
  'grpc-web-text': grpcWebClient('text'),
  'grpc-web-binary': grpcWebClient('binary'),
  'grpc-js': grpcJs(),
};

for (const [name, client] of Object.entries(clients)) {
  // In binary grpc-web takes no streams: a browser hands an XMLHttpRequest's bytes out only when all are there.
  const streams = name !== 'grpc-web-binary';

  test(`${name}: registers, logs in and is refused`, { timeout: 60_000 }, async () => {
    const credentials = { name: freshName(name), password };
    const registered = await client.unary('LoginService', 'Register', credentials);
    assert.equal(registered.outcome.case, 'session');

    const loggedIn = await client.unary('LoginService', 'Login', credentials);
    assert.equal(String(loggedIn.outcome.value.playerId), String(registered.outcome.value.playerId));

    await assert.rejects(client.unary('LoginService', 'Login', { ...credentials, password: 'wrong horse' }),
      ({ status, reason }) => status === Code.Unauthenticated && reason === 'LOGIN_FAILED');
    await assert.rejects(client.unary('DirectoryService', 'ListRooms', {}),
      ({ status, reason }) => status === Code.Unauthenticated && reason === 'TOKEN_MISSING');
  });

  test(`${name}: watches rooms and events`, { timeout: 60_000, skip: !streams }, async () => {
    const { outcome } = await client.unary('LoginService', 'Register', { name: freshName(name), password });
    const { token } = outcome.value;

    const rooms = await client.first('DirectoryService', 'WatchRooms', {}, token);
    assert.ok(rooms, 'a snapshot comes first');
    const event = await client.first('EventService', 'Subscribe', {}, token);
    assert.equal(event.event.case, 'welcome');
    assert.equal(String(event.sequence), '1');
  });
}

test('scripts of an allowed origin may call and read, others may not', { timeout: 60_000 }, async () => {
  const preflight = (origin) => fetch(`${gateway}/gamehall.v1.LoginService/Login`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,grpc-timeout,x-grpc-web,x-user-agent',
    },
  });
  const allowed = await preflight(process.env.ALLOWED_ORIGIN);
  assert.equal(allowed.status, 200);
  assert.equal(allowed.headers.get('access-control-allow-origin'), process.env.ALLOWED_ORIGIN);
  assert.match(allowed.headers.get('access-control-allow-methods'), /POST/);
  const headers = allowed.headers.get('access-control-allow-headers').toLowerCase();
  for (const header of ['authorization', 'content-type', 'grpc-timeout', 'x-grpc-web', 'x-user-agent']) {
    assert.ok(headers.includes(header), `${header} is allowed, of ${headers}`);
  }
  const exposed = allowed.headers.get('access-control-expose-headers').toLowerCase();
  for (const header of ['grpc-status', 'grpc-message', 'grpc-status-details-bin']) {
    assert.ok(exposed.includes(header), `${header} is exposed, of ${exposed}`);
  }

  const stranger = await preflight('https://stranger.test');
  assert.equal(stranger.status, 403);
  assert.equal(stranger.headers.get('access-control-allow-origin'), null);
});
