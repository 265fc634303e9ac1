package kindling.prep.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kindling.prep.jinja.Callable.Arguments;

/** What may stand behind a {@code |}. */
final class Filters {
    private Filters() {}

    /** @throws JinjaException when there is none of this name */
    static Object apply(String name, Object value, Arguments call) {
        return switch (name) {
            case "trim" -> Methods.stripped(text(value, call), call, true, true);
            case "tojson" -> Json.text(value, (int) indent(call), call.work());
            case "default", "d" -> isMissing(value, call) ? call.get(0, "default_value", "") : value;
            case "length", "count" -> Values.length(value);
            case "upper" -> Texts.upper(text(value, call));
            case "lower" -> Texts.lower(text(value, call));
            case "title" -> Texts.title(text(value, call));
            case "capitalize" -> Texts.capitalized(text(value, call));
            case "string" -> text(value, call);
            case "safe" -> value;
            case "list" -> Values.elements(value);
            case "first" -> Values.elements(value).stream().findFirst().orElse(new Undefined("first"));
            case "last" -> Values.element(Values.elements(value), -1L);
            case "reverse" -> Values.slice(value, null, null, -1L);
            case "join" -> join(value, text(call.get(0, "d", ""), call), call.get(1, "attribute", null), call.work());
            case "replace" ->
                Texts.replace(
                        text(value, call),
                        call.text(0, "old"),
                        call.text(1, "new"),
                        call.number(2, "count", -1),
                        call.work());
            case "indent" ->
                Texts.indent(
                        text(value, call),
                        " ".repeat(width(call)),
                        Values.isTrue(call.get(1, "first", false)),
                        call.work());
            case "int" -> whole(value, call.get(0, "default", 0L));
            case "abs" -> Values.compare(value, 0L) < 0 ? Values.calculate("-", 0L, value) : value;
            case "items" -> Methods.items(mapping(value));
            case "dictsort" -> sorted(Methods.items(mapping(value)));
            case "map" -> each(value, call);
            case "select" -> chosen(value, call, false, true);
            case "reject" -> chosen(value, call, false, false);
            case "selectattr" -> chosen(value, call, true, true);
            case "rejectattr" -> chosen(value, call, true, false);
            default -> throw new JinjaException("the filter %s is not known here".formatted(name));
        };
    }

    private static String text(Object value, Arguments call) {
        return Values.text(value, call.work());
    }

    private static long indent(Arguments call) {
        Object indent = call.named().get("indent");
        return indent == null ? 0 : Math.min(100, Values.integer(indent));
    }

    private static int width(Arguments call) {
        return (int) Math.max(0, Math.min(1000, call.number(0, "width", 4)));
    }

    private static boolean isMissing(Object value, Arguments call) {
        return value instanceof Undefined || (Values.isTrue(call.get(1, "boolean", false)) && !Values.isTrue(value));
    }

    static String join(Object value, String between, Object attribute, Work work) {
        List<String> parts = new ArrayList<>();
        for (Object element : Values.elements(value)) {
            String part = Values.text(
                    attribute == null ? element : Access.attribute(element, Values.text(attribute, work)), work);
            work.spend((long) part.length() + between.length());
            parts.add(part);
        }
        return String.join(between, parts);
    }

    private static Object whole(Object value, Object otherwise) {
        try {
            return value instanceof String text
                    ? (Object) Long.parseLong(text.strip())
                    : (Object) Values.integer(value);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static Map<?, ?> mapping(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new JinjaException("a mapping is needed, not " + Values.kind(value));
    }

    private static List<Object> sorted(List<Object> items) {
        Comparator<Object> byKey = (a, b) -> Values.compare(((List<?>) a).get(0), ((List<?>) b).get(0));
        return items.stream().sorted(byKey).collect(Collectors.toList());
    }

    /** An attribute of each element, or what a filter makes of it. */
    private static List<Object> each(Object value, Arguments call) {
        Object attribute = call.named().get("attribute");
        List<Object> mapped = new ArrayList<>();
        for (Object element : Values.elements(value)) {
            call.work().spend(Values.size(element) / 8 + 1);
            Object found = attribute == null
                    ? apply(call.text(0, "filter"), element, rest(call, 1))
                    : Access.attribute(element, text(attribute, call));
            mapped.add(found instanceof Undefined ? call.named().getOrDefault("default", found) : found);
        }
        return mapped;
    }

    /** The elements that pass a test, or of which an attribute does; without a test, those that are true. */
    private static List<Object> chosen(Object value, Arguments call, boolean byAttribute, boolean wanted) {
        int test = byAttribute ? 1 : 0;
        List<Object> chosen = new ArrayList<>();
        for (Object element : Values.elements(value)) {
            call.work().spend(Values.size(element) / 8 + 1);
            Object tested = byAttribute ? Access.attribute(element, call.text(0, "attribute")) : element;
            boolean passes = call.positional().size() > test
                    ? Tests.passes(call.text(test, "test"), tested, rest(call, test + 1))
                    : Values.isTrue(tested);
            if (passes == wanted) {
                chosen.add(element);
            }
        }
        return chosen;
    }

    private static Arguments rest(Arguments call, int from) {
        List<Object> all = call.positional();
        List<Object> rest = from < all.size() ? all.subList(from, all.size()) : Collections.emptyList();
        return new Arguments(call.work(), rest, Map.of());
    }
}
