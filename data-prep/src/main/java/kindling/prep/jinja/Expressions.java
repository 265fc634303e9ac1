package kindling.prep.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kindling.prep.jinja.Callable.Arguments;
import kindling.prep.jinja.Token.Kind;

/** Makes expressions of tokens, by recursive descent: from what binds least, {@code a if b else c}, to what binds most. */
final class Expressions {
    private static final int DEEPEST = 200; // brackets in each other
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and", "is", "if", "in", "not");

    private final Tokens tokens;
    private int depth;

    Expressions(Tokens tokens) {
        this.tokens = tokens;
    }

    private boolean operator(String spelled) {
        return tokens.skip(Kind.OPERATOR, spelled);
    }

    private boolean word(String spelled) {
        return tokens.skip(Kind.NAME, spelled);
    }

    /** An expression, or several with commas between them: a list. */
    Expression list() {
        Expression first = one();
        if (!tokens.peek().is(Kind.OPERATOR, ",")) {
            return first;
        }
        List<Expression> all = new ArrayList<>(List.of(first));
        while (operator(",")) {
            all.add(one());
        }
        return listOf(all);
    }

    Expression one() {
        if (++depth > DEEPEST) {
            throw tokens.wrong("brackets lie in each other more than %d deep".formatted(DEEPEST));
        }
        Expression value = withoutCondition();
        while (word("if")) {
            Expression then = value;
            Expression condition = withoutCondition();
            Expression otherwise = word("else") ? one() : scope -> new Undefined("else");
            value = scope -> Values.isTrue(condition.in(scope)) ? then.in(scope) : otherwise.in(scope);
        }
        depth--;
        return value;
    }

    /** What stands behind the {@code in} of a loop, where {@code if} means something else. */
    Expression withoutCondition() {
        Expression left = and();
        while (word("or")) {
            Expression first = left;
            Expression second = and();
            left = scope -> {
                Object value = first.in(scope);
                return Values.isTrue(value) ? value : second.in(scope);
            };
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (word("and")) {
            Expression first = left;
            Expression second = not();
            left = scope -> {
                Object value = first.in(scope);
                return Values.isTrue(value) ? second.in(scope) : value;
            };
        }
        return left;
    }

    private Expression not() {
        boolean negated = false;
        boolean any = false;
        while (word("not")) {
            negated = !negated;
            any = true;
        }
        Expression value = comparison();
        boolean wanted = !negated;
        return any ? scope -> Values.isTrue(value.in(scope)) == wanted : value;
    }

    /** {@code a < b < c} is {@code a < b and b < c}. */
    private Expression comparison() {
        Expression left = sum();
        Expression result = null;
        while (true) {
            String operator = comparator();
            if (operator == null) {
                return result == null ? left : result;
            }
            Expression a = left;
            Expression b = sum();
            Expression before = result;
            result = scope -> (before == null || Values.isTrue(before.in(scope)))
                    && compare(operator, a.in(scope), b.in(scope), scope.work());
            left = b;
        }
    }

    private String comparator() {
        Token token = tokens.peek();
        if (token.is(Kind.OPERATOR) && COMPARISONS.contains(token.text())) {
            return tokens.next().text();
        }
        if (token.is(Kind.NAME, "not") && tokens.after().is(Kind.NAME, "in")) {
            tokens.next();
            tokens.next();
            return "not in";
        }
        return word("in") ? "in" : null;
    }

    private static boolean compare(String operator, Object a, Object b, Work work) {
        work.spend(Values.size(b) / 8);
        return switch (operator) {
            case "==" -> Values.equal(a, b, work);
            case "!=" -> !Values.equal(a, b, work);
            case "in" -> Values.contains(b, a, work);
            case "not in" -> !Values.contains(b, a, work);
            case "<" -> Values.compare(a, b) < 0;
            case "<=" -> Values.compare(a, b) <= 0;
            case ">" -> Values.compare(a, b) > 0;
            default -> Values.compare(a, b) >= 0;
        };
    }

    private Expression sum() {
        Expression left = joined();
        while (true) {
            Expression a = left;
            if (operator("+")) {
                Expression b = joined();
                left = scope -> Values.add(a.in(scope), b.in(scope), scope.work());
            } else if (operator("-")) {
                Expression b = joined();
                left = scope -> Values.calculate("-", a.in(scope), b.in(scope));
            } else {
                return left;
            }
        }
    }

    private Expression joined() {
        Expression left = product();
        while (operator("~")) {
            Expression a = left;
            Expression b = product();
            left = scope -> Values.add(
                    Values.text(a.in(scope), scope.work()), Values.text(b.in(scope), scope.work()), scope.work());
        }
        return left;
    }

    private Expression product() {
        Expression left = unary();
        while (true) {
            Token token = tokens.peek();
            if (!token.is(Kind.OPERATOR) || !Set.of("*", "/", "//", "%").contains(token.text())) {
                return left;
            }
            String operator = tokens.next().text();
            Expression a = left;
            Expression b = unary();
            left = scope -> Values.calculate(operator, a.in(scope), b.in(scope));
        }
    }

    private Expression unary() {
        boolean negated = false;
        while (true) {
            if (operator("-")) {
                negated = !negated;
            } else if (!operator("+")) {
                break;
            }
        }
        Expression value = reached(primary());
        Expression signed = negated ? scope -> Values.calculate("-", 0L, value.in(scope)) : value;
        return filtered(signed);
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
        if (operator(")")) {
            return listOf(List.of());
        }
        Expression first = one();
        if (operator(")")) {
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
        while (!operator(bracket)) {
            all.add(one());
            if (!operator(",")) {
                tokens.take(Kind.OPERATOR, bracket);
                break;
            }
        }
        return all;
    }

    private static Expression listOf(List<Expression> elements) {
        return scope -> {
            scope.work().spend(elements.size());
            List<Object> list = new ArrayList<>();
            elements.forEach(element -> list.add(element.in(scope)));
            return list;
        };
    }

    private Expression mapping() {
        Map<Expression, Expression> entries = new LinkedHashMap<>();
        while (!operator("}")) {
            Expression key = one();
            tokens.take(Kind.OPERATOR, ":");
            entries.put(key, one());
            if (!operator(",")) {
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

    /** Dots, square brackets and calls. */
    private Expression reached(Expression start) {
        Expression value = start;
        while (true) {
            Expression base = value;
            if (operator(".")) {
                String name = tokens.take(Kind.NAME).text();
                value = scope -> Access.attribute(counted(base, scope), name);
            } else if (operator("[")) {
                value = element(base);
            } else if (operator("(")) {
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
        Expression from = tokens.peek().is(Kind.OPERATOR, ":") ? constant(null) : one();
        if (operator("]")) {
            return scope -> Access.element(counted(base, scope), from.in(scope));
        }
        tokens.take(Kind.OPERATOR, ":");
        Expression to = bound();
        Expression step = operator(":") ? bound() : constant(null);
        tokens.take(Kind.OPERATOR, "]");
        return scope -> Values.slice(counted(base, scope), from.in(scope), to.in(scope), step.in(scope));
    }

    private Expression bound() {
        Token token = tokens.peek();
        return token.is(Kind.OPERATOR, ":") || token.is(Kind.OPERATOR, "]") ? constant(null) : one();
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
        while (!operator(")")) {
            if (tokens.peek().is(Kind.NAME) && tokens.after().is(Kind.OPERATOR, "=")) {
                String name = tokens.next().text();
                tokens.next();
                given.named().put(name, one());
            } else {
                given.positional().add(one());
            }
            if (!operator(",")) {
                tokens.take(Kind.OPERATOR, ")");
                break;
            }
        }
        return given;
    }

    /** Filters and tests. */
    private Expression filtered(Expression start) {
        Expression value = start;
        while (true) {
            Expression base = value;
            if (operator("|")) {
                String name = tokens.take(Kind.NAME).text();
                Given given = operator("(") ? arguments() : new Given(List.of(), Map.of());
                value = scope -> Filters.apply(name, counted(base, scope), given.in(scope));
            } else if (word("is")) {
                value = test(base);
            } else {
                return value;
            }
        }
    }

    private Expression test(Expression base) {
        boolean wanted = !word("not");
        Token token = tokens.next();
        Given given = testArguments();
        return scope -> Tests.passes(token.text(), base.in(scope), given.in(scope)) == wanted;
    }

    /** In brackets, or one without. */
    private Given testArguments() {
        if (operator("(")) {
            return arguments();
        }
        Token token = tokens.peek();
        boolean argument = token.is(Kind.STRING)
                || token.is(Kind.INTEGER)
                || token.is(Kind.FLOAT)
                || token.is(Kind.OPERATOR, "[")
                || (token.is(Kind.NAME) && !NO_ARGUMENT.contains(token.text()));
        return new Given(argument ? List.of(reached(primary())) : List.of(), Map.of());
    }
}
