import * as ts from 'typescript';
import { createProgram, exportedSymbols, place, type Exported } from './program';

/** Kubernetes documents its own shapes. */
const kubernetesShapes = 'lib/core/manifest/types.ts';

/**
 * What is not documented among all that the entries export: a symbol without a docstring, an optional property of an interface
 * without `@default`, a public member of a class without a docstring. Each as `lib/core/figure.ts:12 sumOf has no docstring`.
 */
export function missingDocs(entries: readonly string[], folder = 'lib'): string[] {
  const program = createProgram(entries);
  const checker = program.getTypeChecker();
  return exportedSymbols(program, entries, folder).flatMap((exported) => {
    if (place(exported.declaration).startsWith(kubernetesShapes)) return [];
    return [...withoutDocstring(exported, checker), ...membersOf(exported).flatMap((member) => memberProblems(exported.name, member, checker))];
  });
}

function withoutDocstring({ name, symbol, declaration }: Exported, checker: ts.TypeChecker): string[] {
  return documented(symbol, checker) ? [] : [`${place(declaration)} ${name} has no docstring`];
}

function membersOf({ symbol }: Exported): ts.Declaration[] {
  return (symbol.declarations ?? []).flatMap((declaration): ts.Declaration[] => {
    if (ts.isInterfaceDeclaration(declaration)) return declaration.members.filter((member) => ts.isPropertySignature(member) && !!member.questionToken);
    if (ts.isClassDeclaration(declaration)) return declaration.members.filter(isPublicMember);
    return [];
  });
}

function isPublicMember(member: ts.ClassElement): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Override;
  return !ts.isConstructorDeclaration(member) && !ts.isSemicolonClassElement(member) && (ts.getCombinedModifierFlags(member) & hidden) === 0
    && !(member.name && ts.isPrivateIdentifier(member.name));
}

function memberProblems(owner: string, member: ts.Declaration, checker: ts.TypeChecker): string[] {
  const name = `${owner}.${ts.getNameOfDeclaration(member)?.getText()}`;
  if (ts.isPropertySignature(member)) {
    return ts.getJSDocTags(member).some((tag) => tag.tagName.text === 'default' && !!tag.comment) ? [] : [`${place(member)} ${name} has no @default`];
  }
  const symbol = checker.getSymbolAtLocation(ts.getNameOfDeclaration(member) ?? member);
  const internal = ts.getJSDocTags(member).some((tag) => tag.tagName.text === 'internal');
  return internal || !symbol || documented(symbol, checker) ? [] : [`${place(member)} ${name} has no docstring`];
}

function documented(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() !== '';
}
