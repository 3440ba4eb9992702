import * as ts from 'typescript';
import { createProgram, exportedSymbols, place, type Exported } from './program';

/** Kubernetes documents its own shapes. */
const kubernetesShapes = 'lib/core/manifest/types.ts';

/**
 * What is not documented among all that the entries export: a symbol or a public member of a class without a docstring, and an
 * optional property of an interface without `@default` (in a result, a docstring that says when it is absent does as well).
 * Each as `lib/core/figure.ts:12 sumOf has no docstring`.
 */
export function missingDocs(entries: readonly string[], folder = 'lib'): string[] {
  const program = createProgram(entries);
  const checker = program.getTypeChecker();
  return exportedSymbols(program, entries, folder).flatMap((exported) => {
    if (place(exported.declaration).startsWith(kubernetesShapes)) return [];
    const members = membersOf(exported).flatMap((member) => memberProblems(exported.name, member, checker));
    return [...withoutDocstring(exported, checker), ...members];
  });
}

function withoutDocstring({ name, symbol, declaration }: Exported, checker: ts.TypeChecker): string[] {
  return documented(symbol, checker) ? [] : [`${place(declaration)} ${name} has no docstring`];
}

function membersOf({ symbol }: Exported): ts.Declaration[] {
  return (symbol.declarations ?? []).flatMap((declaration): ts.Declaration[] => {
    if (ts.isInterfaceDeclaration(declaration)) {
      return declaration.members.filter((member) => ts.isPropertySignature(member) && !!member.questionToken);
    }
    return ts.isClassDeclaration(declaration) ? declaration.members.filter(isPublicMember) : [];
  });
}

function isPublicMember(member: ts.ClassElement): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Override;
  return !ts.isConstructorDeclaration(member) && !ts.isSemicolonClassElement(member) && (ts.getCombinedModifierFlags(member) & hidden) === 0
    && !(member.name && ts.isPrivateIdentifier(member.name));
}

function memberProblems(owner: string, member: ts.Declaration, checker: ts.TypeChecker): string[] {
  const nameNode = ts.getNameOfDeclaration(member) ?? member;
  const symbol = checker.getSymbolAtLocation(nameNode);
  const name = `${owner}.${nameNode.getText()}`;
  if (ts.isPropertySignature(member)) return saysDefault(owner, member, symbol, checker) ? [] : [`${place(member)} ${name} has no @default`];
  const internal = ts.getJSDocTags(member).some((tag) => tag.tagName.text === 'internal');
  return internal || !symbol || documented(symbol, checker) ? [] : [`${place(member)} ${name} has no docstring`];
}

function saysDefault(owner: string, member: ts.Declaration, symbol: ts.Symbol | undefined, checker: ts.TypeChecker): boolean {
  if (ts.getJSDocTags(member).some((tag) => tag.tagName.text === 'default' && !!tag.comment)) return true;
  const isInput = /(Options|Props)$/.test(owner);
  return !isInput && /\b(absent|none|only)\b/i.test(ts.displayPartsToString(symbol?.getDocumentationComment(checker)));
}

function documented(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() !== '';
}
