import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';

/** `optional` fields may be left out; null is a value like any other, and a wrong one. */
export type FieldOptions = { readonly optional?: true; readonly description?: string };

/** One property of a request class: how it is checked and how the OpenAPI document shows it. */
export const field = (
  options: FieldOptions,
  api: ApiPropertyOptions,
  ...checks: PropertyDecorator[]
): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      ...api,
      required: options.optional !== true,
      ...(options.description !== undefined && { description: options.description }),
    } as ApiPropertyOptions),
    ...(options.optional ? [ValidateIf((_request, value) => value !== undefined)] : []),
    ...checks,
  );
