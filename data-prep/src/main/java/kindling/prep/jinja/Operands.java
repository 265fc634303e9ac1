package kindling.prep.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kindling.prep.jinja.Callable.Arguments;
import kindling.prep.jinja.Token.Kind;

/** Makes what operators stand between: constants, names, brackets, what is reached from them, and their filters and tests. */
final class Operands {
    private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and", "is", "if", "in", "not");

    private final Tokens tokens;
    private final Expressions expressions;

    /** @param expressions what may stand in brackets */
    Operands(Tokens tokens, Expressions expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** An operand and what is reached from it by dots, square brackets and calls. */
    Expression reached() {
        return reached(primary());
    }

    private Expression primary() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case STRING -> text(token.text());
            case INTEGER -> constant(whole(token.text()));
            case FLOAT -> constant(Double.parseDouble(token.text()));
            case NAME -> name(token.text());
            case OPERATOR -> bracketed(token.text());
            default -> throw tokens.wrong("an expression is expected, not %s".formatted(token.text()));
        };
    }

    private Long whole(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw tokens.wrong("%s is too large".formatted(digits));
        }
    }

    private static Expression constant(Object value) {
        return scope -> value;
    }

    /** Texts side by side are one. */
    private Expression text(String first) {
        StringBuilder text = new StringBuilder(first);
        while (tokens.peek().is(Kind.STRING)) {
            text.append(tokens.next().text());
        }
        return constant(text.toString());
    }

    private static Expression name(String name) {
        return switch (name) {
            case "true", "True" -> constant(true);
            case "false", "False" -> constant(false);
            case "none", "None" -> constant(null);
            default ->
                scope -> {
                    scope.work().step();
                    return scope.get(name);
                };
        };
    }

    private Expression bracketed(String bracket) {
        return switch (bracket) {
            case "(" -> parenthesis();
            case "[" -> listOf(until("]"));
            case "{" -> mapping();
            default -> throw tokens.wrong("an expression is expected, not %s".formatted(bracket));
        };
    }

    /** {@code (a)} is a, {@code (a,)} and {@code (a, b)} are lists. */
    private Expression parenthesis() {
        if (tokens.operator(")")) {
            return listOf(List.of());
        }
        Expression first = expressions.one();
        if (tokens.operator(")")) {
            return first;
        }
        tokens.take(Kind.OPERATOR, ",");
        List<Expression> all = new ArrayList<>(List.of(first));
        all.addAll(until(")"));
        return listOf(all);
    }

    /** Expressions with commas between them; one may stand behind the last. */
    private List<Expression> until(String bracket) {
        List<Expression> all = new ArrayList<>();
        while (!tokens.operator(bracket)) {
            all.add(expressions.one());
            if (!tokens.operator(",")) {
                tokens.take(Kind.OPERATOR, bracket);
                break;
            }
        }
        return all;
    }

    static Expression listOf(List<Expression> elements) {
        return scope -> {
            scope.work().spend(elements.size());
            List<Object> list = new ArrayList<>();
            elements.forEach(element -> list.add(element.in(scope)));
            return list;
        };
    }

    private Expression mapping() {
        Map<Expression, Expression> entries = new LinkedHashMap<>();
        while (!tokens.operator("}")) {
            Expression key = expressions.one();
            tokens.take(Kind.OPERATOR, ":");
            entries.put(key, expressions.one());
            if (!tokens.operator(",")) {
                tokens.take(Kind.OPERATOR, "}");
                break;
            }
        }
        return scope -> {
            scope.work().spend(entries.size());
            Map<Object, Object> map = new LinkedHashMap<>();
            entries.forEach((key, value) -> map.put(Values.key(key.in(scope)), value.in(scope)));
            return map;
        };
    }

    private Expression reached(Expression start) {
        Expression value = start;
        while (true) {
            Expression base = value;
            if (tokens.operator(".")) {
                String name = tokens.take(Kind.NAME).text();
                value = scope -> Access.attribute(counted(base, scope), name);
            } else if (tokens.operator("[")) {
                value = element(base);
            } else if (tokens.operator("(")) {
                value = call(base);
            } else {
                return value;
            }
        }
    }

    /** The value that is looked into, which costs what it is long. */
    private static Object counted(Expression base, Scope scope) {
        Object value = base.in(scope);
        scope.work().spend(Values.size(value) / 8 + 1);
        return value;
    }

    private Expression element(Expression base) {
        Expression from = tokens.peek().is(Kind.OPERATOR, ":") ? constant(null) : expressions.one();
        if (tokens.operator("]")) {
            return scope -> Access.element(counted(base, scope), from.in(scope));
        }
        tokens.take(Kind.OPERATOR, ":");
        Expression to = bound();
        Expression step = tokens.operator(":") ? bound() : constant(null);
        tokens.take(Kind.OPERATOR, "]");
        return scope -> Values.slice(counted(base, scope), from.in(scope), to.in(scope), step.in(scope));
    }

    private Expression bound() {
        Token token = tokens.peek();
        return token.is(Kind.OPERATOR, ":") || token.is(Kind.OPERATOR, "]") ? constant(null) : expressions.one();
    }

    private Expression call(Expression function) {
        Given given = arguments();
        return scope -> {
            Object called = function.in(scope);
            if (!(called instanceof Callable callable)) {
                throw new JinjaException("%s cannot be called".formatted(Values.kind(called)));
            }
            return callable.call(given.in(scope));
        };
    }

    /** The expressions in the brackets of a call. */
    private record Given(List<Expression> positional, Map<String, Expression> named) {
        Arguments in(Scope scope) {
            scope.work().spend(positional.size() + named.size());
            List<Object> values = new ArrayList<>();
            positional.forEach(value -> values.add(value.in(scope)));
            Map<String, Object> byName = new LinkedHashMap<>();
            named.forEach((name, value) -> byName.put(name, value.in(scope)));
            return new Arguments(scope.work(), values, byName);
        }
    }

    private Given arguments() {
        Given given = new Given(new ArrayList<>(), new LinkedHashMap<>());
        while (!tokens.operator(")")) {
            if (tokens.peek().is(Kind.NAME) && tokens.after().is(Kind.OPERATOR, "=")) {
                String name = tokens.next().text();
                tokens.next();
                given.named().put(name, expressions.one());
            } else {
                given.positional().add(expressions.one());
            }
            if (!tokens.operator(",")) {
                tokens.take(Kind.OPERATOR, ")");
                break;
            }
        }
        return given;
    }

    /** A value and the filters and tests behind it. */
    Expression filtered(Expression start) {
        Expression value = start;
        while (true) {
            Expression base = value;
            if (tokens.operator("|")) {
                String name = tokens.take(Kind.NAME).text();
                Given given = tokens.operator("(") ? arguments() : new Given(List.of(), Map.of());
                value = scope -> Filters.apply(name, counted(base, scope), given.in(scope));
            } else if (tokens.word("is")) {
                value = test(base);
            } else {
                return value;
            }
        }
    }

    private Expression test(Expression base) {
        boolean wanted = !tokens.word("not");
        Token token = tokens.next();
        Given given = testArguments();
        return scope -> Tests.passes(token.text(), base.in(scope), given.in(scope)) == wanted;
    }

    /** In brackets, or one without. */
    private Given testArguments() {
        if (tokens.operator("(")) {
            return arguments();
        }
        Token token = tokens.peek();
        boolean argument = token.is(Kind.STRING)
                || token.is(Kind.INTEGER)
                || token.is(Kind.FLOAT)
                || token.is(Kind.OPERATOR, "[")
                || (token.is(Kind.NAME) && !NO_ARGUMENT.contains(token.text()));
        return new Given(argument ? List.of(reached()) : List.of(), Map.of());
    }
}
