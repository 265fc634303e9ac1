package kindling.prep.jinja;

import java.util.Map;

/** What a dot reaches. */
final class Access {
    private Access() {}

    /** A method, or a value of a mapping or namespace. */
    static Object attribute(Object value, String name) {
        if (value instanceof Undefined undefined) {
            throw new JinjaException("%s is undefined, so that it has no %s".formatted(undefined.name(), name));
        }
        Object method = Methods.of(value, name);
        if (method != null) {
            return method;
        }
        Map<?, ?> values = value instanceof Namespace namespace
                ? namespace.attributes()
                : value instanceof Map<?, ?> map ? map : Map.of();
        return values.containsKey(name) ? values.get(name) : new Undefined(name);
    }

    /** What stands in square brackets: an element, or what a dot would reach. */
    static Object element(Object value, Object key) {
        if (value instanceof Undefined undefined) {
            throw new JinjaException("%s is undefined, so that it has no elements".formatted(undefined.name()));
        }
        if (value instanceof Map<?, ?> map && map.containsKey(Values.key(key))) {
            return map.get(key);
        }
        return key instanceof String name ? attribute(value, name) : Values.element(value, key);
    }
}
