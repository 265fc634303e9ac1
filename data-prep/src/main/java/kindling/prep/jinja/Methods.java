package kindling.prep.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
            case "strip" -> call -> Texts.strip(text, characters(call), true, true);
            case "lstrip" -> call -> Texts.strip(text, characters(call), true, false);
            case "rstrip" -> call -> Texts.strip(text, characters(call), false, true);
            case "split" ->
                call -> Texts.split(text, (String) call.get(0, "sep", null), call.number(1, "maxsplit", -1));
            case "startswith" -> call -> anyOf(call.get(0, "prefix")).stream().anyMatch(text::startsWith);
            case "endswith" -> call -> anyOf(call.get(0, "suffix")).stream().anyMatch(text::endsWith);
            case "upper" -> call -> Texts.upper(text);
            case "lower" -> call -> Texts.lower(text);
            case "title" -> call -> Texts.title(text);
            case "capitalize" -> call -> Texts.capitalized(text);
            case "replace" ->
                call -> Texts.replace(
                        text, call.text(0, "old"), call.text(1, "new"), call.number(2, "count", -1), call.work());
            case "find" ->
                call -> {
                    int at = text.indexOf(call.text(0, "sub"));
                    return at < 0 ? -1L : (long) text.codePointCount(0, at);
                };
            case "count" ->
                call -> (long) Texts.split(text, call.text(0, "sub"), -1).size() - 1;
            case "splitlines" -> call -> new ArrayList<Object>(text.lines().toList());
            case "join" -> call -> Filters.join(call.get(0, "iterable"), text, null, call.work());
            default -> null;
        };
    }

    private static String characters(Callable.Arguments call) {
        Object characters = call.get(0, "chars", null);
        return characters == null ? null : Values.text(characters);
    }

    private static List<String> anyOf(Object wanted) {
        return wanted instanceof String text
                ? List.of(text)
                : Values.elements(wanted).stream().map(Values::text).toList();
    }

    private static Callable ofMapping(Map<?, ?> map, String name) {
        return switch (name) {
            case "items" -> call -> items(map);
            case "keys" -> call -> new ArrayList<Object>(map.keySet());
            case "values" -> call -> new ArrayList<Object>(map.values());
            case "get" ->
                call -> {
                    Object key = call.get(0, "key");
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
