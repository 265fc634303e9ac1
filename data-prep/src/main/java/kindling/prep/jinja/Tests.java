package kindling.prep.jinja;

import java.util.List;
import java.util.Map;
import kindling.prep.jinja.Callable.Arguments;

/** What may stand behind {@code is}. */
final class Tests {
    private Tests() {}

    /** @throws JinjaException when there is none of this name */
    static boolean passes(String name, Object value, Arguments call) {
        List<Object> arguments = call.positional();
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == null;
            case "string" -> value instanceof String;
            case "number" -> value instanceof Number || value instanceof Boolean;
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "boolean" -> value instanceof Boolean;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "mapping" -> value instanceof Map;
            case "iterable", "sequence" ->
                value instanceof String || value instanceof List || value instanceof Map || value instanceof Undefined;
            case "callable" -> value instanceof Callable;
            case "odd" -> Math.floorMod(Values.integer(value), 2) == 1;
            case "even" -> Math.floorMod(Values.integer(value), 2) == 0;
            case "divisibleby" -> Math.floorMod(Values.integer(value), Values.integer(other(name, arguments))) == 0;
            case "equalto", "eq", "sameas", "==" -> Values.equal(value, other(name, arguments), call.work());
            case "ne", "!=" -> !Values.equal(value, other(name, arguments), call.work());
            case "lt", "lessthan", "<" -> Values.compare(value, other(name, arguments)) < 0;
            case "gt", "greaterthan", ">" -> Values.compare(value, other(name, arguments)) > 0;
            case "in" -> Values.contains(other(name, arguments), value, call.work());
            default -> throw new JinjaException("the test %s is not known here".formatted(name));
        };
    }

    private static Object other(String name, List<Object> arguments) {
        if (arguments.isEmpty()) {
            throw new JinjaException("the test %s needs something to compare with".formatted(name));
        }
        return arguments.get(0);
    }
}
