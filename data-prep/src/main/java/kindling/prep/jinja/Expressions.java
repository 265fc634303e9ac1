package kindling.prep.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kindling.prep.jinja.Token.Kind;

/** Makes expressions of tokens, by recursive descent: operators, from what binds least, {@code a if b else c}, to what binds most. */
final class Expressions {
    private static final int DEEPEST = 200; // brackets in each other
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final Tokens tokens;
    private final Operands operands;
    private int depth;

    Expressions(Tokens tokens) {
        this.tokens = tokens;
        this.operands = new Operands(tokens, this);
    }

    /** An expression, or several with commas between them: a list. */
    Expression list() {
        Expression first = one();
        if (!tokens.peek().is(Kind.OPERATOR, ",")) {
            return first;
        }
        List<Expression> all = new ArrayList<>(List.of(first));
        while (tokens.operator(",")) {
            all.add(one());
        }
        return Operands.listOf(all);
    }

    Expression one() {
        if (++depth > DEEPEST) {
            throw tokens.wrong("brackets lie in each other more than %d deep".formatted(DEEPEST));
        }
        Expression value = withoutCondition();
        while (tokens.word("if")) {
            Expression then = value;
            Expression condition = withoutCondition();
            Expression otherwise = tokens.word("else") ? one() : scope -> new Undefined("else");
            value = scope -> Values.isTrue(condition.in(scope)) ? then.in(scope) : otherwise.in(scope);
        }
        depth--;
        return value;
    }

    /** What stands behind the {@code in} of a loop, where {@code if} means something else. */
    Expression withoutCondition() {
        Expression left = and();
        while (tokens.word("or")) {
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
        while (tokens.word("and")) {
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
        while (tokens.word("not")) {
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
        return tokens.word("in") ? "in" : null;
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
            if (tokens.operator("+")) {
                Expression b = joined();
                left = scope -> Values.add(a.in(scope), b.in(scope), scope.work());
            } else if (tokens.operator("-")) {
                Expression b = joined();
                left = scope -> Values.calculate("-", a.in(scope), b.in(scope));
            } else {
                return left;
            }
        }
    }

    private Expression joined() {
        Expression left = product();
        while (tokens.operator("~")) {
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
            if (tokens.operator("-")) {
                negated = !negated;
            } else if (!tokens.operator("+")) {
                break;
            }
        }
        Expression value = operands.reached();
        Expression signed = negated ? scope -> Values.calculate("-", 0L, value.in(scope)) : value;
        return operands.filtered(signed);
    }
}
