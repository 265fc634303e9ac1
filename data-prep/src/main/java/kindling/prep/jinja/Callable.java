package kindling.prep.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A function, macro or method of a template. */
@FunctionalInterface
interface Callable {
    Object call(Arguments arguments);

    /** What stands in the brackets of a call. */
    record Arguments(Work work, List<Object> positional, Map<String, Object> named) {
        /** The argument at a place, or else of a name. */
        Object get(int place, String name, Object otherwise) {
            return place < positional.size() ? positional.get(place) : named.getOrDefault(name, otherwise);
        }

        Object get(int place, String name) {
            Object value = get(place, name, null);
            if (place >= positional.size() && !named.containsKey(name)) {
                throw new JinjaException("the argument %s is missing".formatted(name));
            }
            return value;
        }

        String text(int place, String name) {
            return Values.text(get(place, name), work);
        }

        /** None where none, or nothing, is given. */
        Optional<String> optionalText(int place, String name) {
            Object value = get(place, name, null);
            if (value != null && !(value instanceof String)) {
                throw new JinjaException("the argument %s is a text, not %s".formatted(name, Values.kind(value)));
            }
            return Optional.ofNullable((String) value);
        }

        long number(int place, String name, long otherwise) {
            return Values.integer(get(place, name, otherwise));
        }
    }
}
