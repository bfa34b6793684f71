import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/scopes.decorator.js';
import { problemCodes, type CodeMeaning } from './codes.js';
import { ProblemError } from './problem-error.js';

/** What the `type` of a problem leads to. */
@ApiTags('problems')
@Public()
@Controller('problems')
export class ProblemsController {
  @Get()
  @ApiOperation({ summary: 'Every problem code' })
  list(): Readonly<Record<string, CodeMeaning>> {
    return problemCodes;
  }

  @Get(':code')
  @ApiOperation({ summary: 'What a problem code means and what to do' })
  one(@Param('code') code: string): CodeMeaning & { code: string } {
    const meaning = Object.entries(problemCodes).find(([known]) => known === code)?.[1];
    if (!meaning) throw new ProblemError('route_not_found');
    return { code, ...meaning };
  }
}
