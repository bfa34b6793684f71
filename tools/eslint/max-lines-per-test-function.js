import { builtinRules } from 'eslint/use-at-your-own-risk';

const rule = builtinRules.get('max-lines-per-function');

/** `describe(...)`, `describe.each(...)(...)`, `describe.skipIf(...)(...)`: the name at the bottom of the call. */
const nameOf = (callee) => {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression') return nameOf(callee.object);
  return callee.type === 'CallExpression' || callee.type === 'TaggedTemplateExpression'
    ? nameOf(callee.callee ?? callee.tag)
    : undefined;
};

const isDescribeCallback = ({ parent }) => parent?.type === 'CallExpression' && nameOf(parent.callee) === 'describe';

/** ESLint's own rule, but for the callback of a describe, which holds functions and is none itself. */
export default {
  meta: rule.meta,
  create: (context) =>
    rule.create(
      Object.create(context, {
        report: { value: (problem) => isDescribeCallback(problem.node) || context.report(problem) },
      }),
    ),
};
