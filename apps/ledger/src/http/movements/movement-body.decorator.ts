import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import { movementRequests } from './movement.request.js';

/** The body of a movement in the OpenAPI document: one class per kind. */
export const MovementBody = (): MethodDecorator => {
  const classes = Object.values(movementRequests);
  const mapping = Object.fromEntries(
    Object.entries(movementRequests).map(([kind, type]) => [kind, getSchemaPath(type)]),
  );
  return applyDecorators(
    ApiExtraModels(...classes),
    ApiBody({
      schema: {
        oneOf: classes.map((type) => ({ $ref: getSchemaPath(type) })),
        discriminator: { propertyName: 'kind', mapping },
      },
      examples: { receipt: { value: exampleReceipt } },
    }),
  );
};

const exampleReceipt = {
  kind: 'receipt',
  sku: 'TSHIRT-BLUE-M',
  location: 'wh1',
  quantity: 10,
  sourceKey: 'delivery-4711/1',
};
