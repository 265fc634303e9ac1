package kindling.prep.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kindling.prep.jinja.Callable.Arguments;

/** The methods of texts and mappings. */
final class Methods {
    private Methods() {}

    /** The method of a value, or null when there is none of this name. */
    static Callable of(Object value, String name) {
        return value instanceof String text
                ? ofText(text, name)
                : value instanceof Map<?, ?> map ? ofMapping(map, name) : null;
    }

    private static Callable ofText(String text, String name) {
        return switch (name) {
            case "strip" -> call -> stripped(text, call, true, true);
            case "lstrip" -> call -> stripped(text, call, true, false);
            case "rstrip" -> call -> stripped(text, call, false, true);
            case "split" ->
                call -> Texts.split(
                        text, call.optionalText(0, "sep").orElse(null), call.number(1, "maxsplit", -1), call.work());
            case "startswith" -> call -> anyOf(call, "prefix").stream().anyMatch(text::startsWith);
            case "endswith" -> call -> anyOf(call, "suffix").stream().anyMatch(text::endsWith);
            case "upper" -> call -> Texts.upper(text);
            case "lower" -> call -> Texts.lower(text);
            case "title" -> call -> Texts.title(text);
            case "capitalize" -> call -> Texts.capitalized(text);
            case "replace" ->
                call -> Texts.replace(
                        text, call.text(0, "old"), call.text(1, "new"), call.number(2, "count", -1), call.work());
            case "find" ->
                call -> {
                    String sub = call.text(0, "sub");
                    call.work().search(text, sub);
                    int at = text.indexOf(sub);
                    return at < 0 ? -1L : (long) text.codePointCount(0, at);
                };
            case "count" ->
                call -> (long) Texts.split(text, call.text(0, "sub"), -1, call.work())
                                .size()
                        - 1;
            case "splitlines" -> call -> new ArrayList<Object>(text.lines().toList());
            case "join" -> call -> Filters.join(call.get(0, "iterable"), text, null, call.work());
            default -> null;
        };
    }

    static String stripped(String text, Arguments call, boolean left, boolean right) {
        Optional<String> characters = call.optionalText(0, "chars");
        characters.ifPresent(some -> call.work().search(text, some));
        return Texts.strip(text, characters.orElse(null), left, right);
    }

    private static List<String> anyOf(Arguments call, String name) {
        Object wanted = call.get(0, name);
        List<?> all = wanted instanceof String ? List.of(wanted) : Values.elements(wanted);
        return all.stream().map(one -> Values.text(one, call.work())).toList();
    }

    private static Callable ofMapping(Map<?, ?> map, String name) {
        return switch (name) {
            case "items" -> call -> items(map);
            case "keys" -> call -> new ArrayList<Object>(map.keySet());
            case "values" -> call -> new ArrayList<Object>(map.values());
            case "get" ->
                call -> {
                    Object key = Values.key(call.get(0, "key"));
                    return map.containsKey(key) ? map.get(key) : call.get(1, "default", null);
                };
            default -> null;
        };
    }

    /** Lists of a key and its value each. */
    static List<Object> items(Map<?, ?> map) {
        List<Object> items = new ArrayList<>();
        map.forEach((key, value) -> {
            List<Object> item = new ArrayList<>();
            item.add(key);
            item.add(value);
            items.add(item);
        });
        return items;
    }
}
