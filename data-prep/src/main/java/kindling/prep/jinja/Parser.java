package kindling.prep.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kindling.prep.jinja.Statement.Flow;
import kindling.prep.jinja.Token.Kind;

/** Makes statements of tokens; {@link Expressions} makes what stands inside them. */
final class Parser {
    private static final int DEEPEST = 100; // blocks in each other

    private final Tokens tokens;
    private final Expressions expressions;
    private int depth;

    private Parser(Tokens tokens) {
        this.tokens = tokens;
        this.expressions = new Expressions(tokens);
    }

    static Statement parse(String template) {
        Tokens tokens = new Tokens(Lexer.tokens(template));
        return new Parser(tokens).body(Set.of());
    }

    /** Statements up to one of these tags, which is taken with its opening; without tags, up to the end of the template. */
    private Statement body(Set<String> ends) {
        if (++depth > DEEPEST) {
            throw tokens.wrong("blocks lie in each other more than %d deep".formatted(DEEPEST));
        }
        List<Statement> statements = new ArrayList<>();
        while (true) {
            Token token = tokens.next();
            if (token.is(Kind.END)) {
                if (!ends.isEmpty()) {
                    throw tokens.wrong("one of %s is missing".formatted(ends));
                }
                break;
            }
            if (token.is(Kind.TEXT)) {
                statements.add(print(token.line(), scope -> token.text()));
            } else if (token.is(Kind.PRINT)) {
                statements.add(print(token.line(), expressions.list()));
                tokens.take(Kind.PRINT_END, "}}");
            } else {
                String tag = tokens.take(Kind.NAME).text();
                if (ends.contains(tag)) {
                    break;
                }
                statements.add(located(token.line(), tag(tag)));
            }
        }
        depth--;
        return Statement.all(statements);
    }

    private static Statement print(int line, Expression value) {
        return located(line, (scope, out) -> {
            String text = Values.text(value.in(scope), scope.work());
            scope.work().spend(text.length());
            out.append(text);
            return Flow.NEXT;
        });
    }

    /** A mistake says in which line it was made. */
    private static Statement located(int line, Statement statement) {
        return (scope, out) -> {
            try {
                scope.work().step();
                return statement.run(scope, out);
            } catch (RuntimeException e) {
                throw JinjaException.of(e).at(line);
            }
        };
    }

    private Statement tag(String tag) {
        return switch (tag) {
            case "if" -> condition();
            case "for" -> loop();
            case "set" -> set();
            case "macro" -> macro();
            case "generation" -> generation();
            case "break" -> go(Flow.BREAK);
            case "continue" -> go(Flow.CONTINUE);
            default -> throw tokens.wrong("{%% %s %%} is not known here".formatted(tag));
        };
    }

    private void end() {
        tokens.take(Kind.BLOCK_END, "%}");
    }

    private Statement go(Flow flow) {
        end();
        return (scope, out) -> flow;
    }

    /** Marks what an assistant says, for other programs; here messages tell. */
    private Statement generation() {
        end();
        Statement body = body(Set.of("endgeneration"));
        end();
        return body;
    }

    private Statement condition() {
        Map<Expression, Statement> branches = new LinkedHashMap<>();
        do {
            Expression condition = expressions.list();
            end();
            branches.put(condition, body(Set.of("elif", "else", "endif")));
        } while (tokens.last().text().equals("elif"));
        Statement otherwise = Statement.all(List.of());
        if (tokens.last().text().equals("else")) {
            end();
            otherwise = body(Set.of("endif"));
        }
        end();
        return choice(branches, otherwise);
    }

    private static Statement choice(Map<Expression, Statement> branches, Statement otherwise) {
        return (scope, out) -> {
            for (Map.Entry<Expression, Statement> branch : branches.entrySet()) {
                scope.work().step();
                if (Values.isTrue(branch.getKey().in(scope))) {
                    return branch.getValue().run(scope, out);
                }
            }
            return otherwise.run(scope, out);
        };
    }

    private Statement loop() {
        List<String> names = names();
        tokens.take(Kind.NAME, "in");
        Expression all = expressions.withoutCondition();
        Expression wanted = tokens.word("if") ? expressions.one() : scope -> true;
        end();
        Statement body = body(Set.of("endfor", "else"));
        Statement otherwise = Statement.all(List.of());
        if (tokens.last().text().equals("else")) {
            end();
            otherwise = body(Set.of("endfor"));
        }
        end();
        return new Loop(names, all, wanted, body, otherwise);
    }

    /** {@code a} or {@code a, b}. */
    private List<String> names() {
        List<String> names = new ArrayList<>(List.of(tokens.take(Kind.NAME).text()));
        while (tokens.operator(",")) {
            names.add(tokens.take(Kind.NAME).text());
        }
        return names;
    }

    private Statement set() {
        String name = tokens.take(Kind.NAME).text();
        if (tokens.operator(".")) {
            return setAttribute(name, tokens.take(Kind.NAME).text());
        }
        List<String> names = new ArrayList<>(List.of(name));
        while (tokens.operator(",")) {
            names.add(tokens.take(Kind.NAME).text());
        }
        if (!tokens.operator("=")) {
            end();
            Statement body = body(Set.of("endset"));
            end();
            return (scope, out) -> {
                scope.set(name, captured(body, scope));
                return Flow.NEXT;
            };
        }
        Expression value = expressions.list();
        end();
        return (scope, out) -> {
            assign(names, value.in(scope), scope);
            return Flow.NEXT;
        };
    }

    private Statement setAttribute(String name, String attribute) {
        tokens.take(Kind.OPERATOR, "=");
        Expression value = expressions.list();
        end();
        return (scope, out) -> {
            if (!(scope.get(name) instanceof Namespace namespace)) {
                throw new JinjaException("%s.%s can be set only if %s is a namespace".formatted(name, attribute, name));
            }
            namespace.attributes().put(attribute, value.in(scope));
            return Flow.NEXT;
        };
    }

    /** Several names take the elements of the value. */
    static void assign(List<String> names, Object value, Scope scope) {
        if (names.size() == 1) {
            scope.set(names.get(0), value);
            return;
        }
        List<Object> elements = Values.elements(value);
        if (elements.size() != names.size()) {
            throw new JinjaException("%s cannot take %d values".formatted(String.join(", ", names), elements.size()));
        }
        for (int i = 0; i < names.size(); i++) {
            scope.set(names.get(i), elements.get(i));
        }
    }

    private static String captured(Statement body, Scope scope) {
        StringBuilder out = new StringBuilder();
        body.run(scope, out);
        return out.toString();
    }

    private Statement macro() {
        String name = tokens.take(Kind.NAME).text();
        Map<String, Expression> parameters = new LinkedHashMap<>();
        tokens.take(Kind.OPERATOR, "(");
        while (!tokens.operator(")")) {
            String parameter = tokens.take(Kind.NAME).text();
            Expression otherwise = tokens.operator("=") ? expressions.one() : scope -> new Undefined(parameter);
            parameters.put(parameter, otherwise);
            if (!tokens.operator(",")) {
                tokens.take(Kind.OPERATOR, ")");
                break;
            }
        }
        end();
        Statement body = body(Set.of("endmacro"));
        end();
        return (scope, out) -> {
            Callable macro =
                    call -> called(name, parameters, body, scope.outermost().inner(), call);
            scope.set(name, macro);
            return Flow.NEXT;
        };
    }

    private static String called(
            String name, Map<String, Expression> parameters, Statement body, Scope scope, Callable.Arguments call) {
        if (call.positional().size() > parameters.size()
                || !parameters.keySet().containsAll(call.named().keySet())) {
            throw new JinjaException("the macro %s takes %s".formatted(name, parameters.keySet()));
        }
        int place = 0;
        for (Map.Entry<String, Expression> parameter : parameters.entrySet()) {
            boolean given = place < call.positional().size() || call.named().containsKey(parameter.getKey());
            Object value = given
                    ? call.get(place, parameter.getKey())
                    : parameter.getValue().in(scope);
            scope.set(parameter.getKey(), value);
            place++;
        }
        call.work().enter();
        String text = captured(body, scope);
        call.work().leave();
        return text;
    }
}
