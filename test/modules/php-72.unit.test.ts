import { describe, expect, it } from 'vitest';
import { filesNamed, read } from '../docs/markdown.js';
import { complaintsAbout } from './php-72.js';

const sources = filesNamed(/^modules\/(\w+\/stockledger|shared)\/.*\.php$/u);

/** The one for WooCommerce begins at 7.4, and shares what has to run on 7.2. */
describe('the modules', () => {
  it('have sources', () => expect(sources.length).toBeGreaterThan(50));

  it.each(sources)('%s runs on PHP 7.2', (path) => expect(complaintsAbout(read(path))).toEqual([]));
});

describe('control: what came later is found', () => {
  it.each([
    ['an arrow function', '$f = fn($x) => $x;'],
    ['a typed property', 'class A { public int $x; }'],
    ['a nullsafe call', '$a?->b();'],
    ['match', '$x = match(1) { 1 => 2 };'],
    ['a named argument', 'f(a: 1);'],
    ['a comma after the last argument', 'f(1, 2,);'],
    ['an assignment by ??=', '$a ??= 1;'],
    ['a promoted parameter', 'class A { function __construct(private $x) {} }'],
    ['a union', 'function f(int|string $x) {}'],
    ['mixed', 'function f(mixed $x) {}'],
    ['static', 'class A { function f(): static {} }'],
    ['a separated number', '$a = 1_000;'],
    ['a list by reference', '[&$a] = $b;'],
    ['the class of an object', '$a::class;'],
    ['new in a default', 'function f($x = new A()) {}'],
    ['a function of 8.0', 'if (str_contains($a, $b)) {}'],
    ['a constant of 7.3', 'json_decode($a, true, 9, JSON_THROW_ON_ERROR);'],
    ['null without ?', 'function f(A $a = null) {}'],
  ])('%s', (_, code) => expect(complaintsAbout(`<?php\n${code}`)).toHaveLength(1));

  it('and what 7.2 has is not', () => {
    const code =
      'class A { private $x; public static function f(?int $a = null, string ...$b): ?array { return [$a]; } }';
    expect(complaintsAbout(`<?php\n${code}`)).toEqual([]);
  });
});
