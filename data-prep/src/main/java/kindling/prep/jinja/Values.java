package kindling.prep.jinja;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What Python does with values. */
final class Values {
    private Values() {}

    static boolean isTrue(Object value) {
        if (value instanceof Collection<?> collection) {
            return !collection.isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return value instanceof Boolean truth
                ? truth
                : value instanceof String text ? !text.isEmpty() : value instanceof Callable;
    }

    /** How much there is to look at. */
    static long size(Object value) {
        return value instanceof String text
                ? text.length()
                : value instanceof Collection<?> all ? all.size() : value instanceof Map<?, ?> map ? map.size() : 1;
    }

    /** Python's {@code str}. */
    static String text(Object value, Work work) {
        if (value instanceof String text) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        if (!(value instanceof Undefined)) {
            spell(value, out, work);
        }
        return out.toString();
    }

    /** Python's {@code repr}. */
    private static void spell(Object value, StringBuilder out, Work work) {
        work.enter();
        work.spend(size(value));
        if (value instanceof String text) {
            out.append(quoted(text));
        } else if (value instanceof List<?> list) {
            String before = "[";
            for (Object element : list) {
                spell(element, out.append(before), work);
                before = ", ";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof Map<?, ?> map) {
            String before = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                spell(entry.getKey(), out.append(before), work);
                spell(entry.getValue(), out.append(": "), work);
                before = ", ";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else {
            out.append(word(value));
        }
        work.leave();
    }

    private static String word(Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        }
        if (value instanceof Number) {
            return value.toString();
        }
        throw new JinjaException("%s cannot be written".formatted(kind(value)));
    }

    private static String quoted(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        return text.contains("'") && !text.contains("\"")
                ? '"' + escaped + '"'
                : "'" + escaped.replace("'", "\\'") + "'";
    }

    /** What it is, for messages. */
    static String kind(Object value) {
        if (value instanceof Undefined undefined) {
            return "the undefined " + undefined.name();
        }
        return value == null
                ? "none"
                : value instanceof String
                        ? "a text"
                        : value instanceof Number
                                ? "a number"
                                : value instanceof Boolean
                                        ? "a truth"
                                        : value instanceof List
                                                ? "a list"
                                                : value instanceof Map ? "a mapping" : "a function";
    }

    /** Numbers and truths, of which true is 1. */
    private static Number number(Object value) {
        return value instanceof Number number ? number : value instanceof Boolean truth ? (truth ? 1L : 0L) : null;
    }

    static long integer(Object value) {
        if (!(number(value) instanceof Long whole)) {
            throw new JinjaException("a whole number is needed, not " + kind(value));
        }
        return whole;
    }

    private static boolean areWhole(Number x, Number y) {
        return x instanceof Long && y instanceof Long;
    }

    static boolean equal(Object a, Object b, Work work) {
        Number x = number(a);
        Number y = number(b);
        if (x != null && y != null) {
            return areWhole(x, y) ? x.longValue() == y.longValue() : x.doubleValue() == y.doubleValue();
        }
        if (a instanceof List<?> one && b instanceof List<?> other) {
            return one.size() == other.size() && equal(one, other, work);
        }
        if (a instanceof Map<?, ?> one && b instanceof Map<?, ?> other) {
            return one.keySet().equals(other.keySet()) && equal(one, other, work);
        }
        if (a instanceof String text) {
            work.spend(text.length() / 8);
            return text.equals(b);
        }
        return a instanceof Undefined ? b instanceof Undefined : a == b;
    }

    private static boolean equal(List<?> one, List<?> other, Work work) {
        work.enter();
        work.spend(one.size());
        boolean equal = true;
        for (int i = 0; equal && i < one.size(); i++) {
            equal = equal(one.get(i), other.get(i), work);
        }
        work.leave();
        return equal;
    }

    private static boolean equal(Map<?, ?> one, Map<?, ?> other, Work work) {
        work.enter();
        work.spend(one.size());
        boolean equal =
                one.entrySet().stream().allMatch(entry -> equal(entry.getValue(), other.get(entry.getKey()), work));
        work.leave();
        return equal;
    }

    /** A key of a mapping: what lists and mappings are equal to changes. */
    static Object key(Object key) {
        if (key instanceof List || key instanceof Map || key instanceof Namespace) {
            throw new JinjaException("%s cannot be a key".formatted(kind(key)));
        }
        return key;
    }

    static int compare(Object a, Object b) {
        if (a instanceof String x && b instanceof String y) {
            return x.compareTo(y);
        }
        Number x = number(a);
        Number y = number(b);
        if (x == null || y == null) {
            throw new JinjaException("%s and %s have no order".formatted(kind(a), kind(b)));
        }
        return areWhole(x, y)
                ? Long.compare(x.longValue(), y.longValue())
                : Double.compare(x.doubleValue(), y.doubleValue());
    }

    static boolean contains(Object whole, Object part, Work work) {
        if (whole instanceof String text && part instanceof String wanted) {
            work.search(text, wanted);
            return text.contains(wanted);
        }
        if (whole instanceof Map<?, ?> map) {
            return map.containsKey(key(part));
        }
        work.spend(size(whole));
        return elements(whole).stream().anyMatch(element -> equal(element, part, work));
    }

    /** What a loop goes through. */
    static List<Object> elements(Object value) {
        if (value instanceof String text) {
            return text.codePoints()
                    .mapToObj(point -> (Object) Character.toString(point))
                    .toList();
        }
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.keySet());
        }
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        if (value instanceof Undefined) {
            return List.of();
        }
        throw new JinjaException("%s has no elements".formatted(kind(value)));
    }

    static long length(Object value) {
        return value instanceof String text
                ? text.codePointCount(0, text.length())
                : elements(value).size();
    }

    static Object add(Object a, Object b, Work work) {
        if (a instanceof String x && b instanceof String y) {
            work.spend((long) x.length() + y.length());
            return x + y;
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            work.spend((long) x.size() + y.size());
            List<Object> both = new ArrayList<>(x);
            both.addAll(y);
            return both;
        }
        return calculate("+", a, b);
    }

    /** The arithmetic of numbers. Whole numbers are of 64 bits; more is a mistake. */
    static Object calculate(String operator, Object a, Object b) {
        Number x = number(a);
        Number y = number(b);
        if (x == null || y == null) {
            throw new JinjaException("%s is not for %s and %s".formatted(operator, kind(a), kind(b)));
        }
        try {
            return areWhole(x, y) && !operator.equals("/")
                    ? (Object) calculate(operator, x.longValue(), y.longValue())
                    : (Object) calculate(operator, x.doubleValue(), y.doubleValue());
        } catch (ArithmeticException e) {
            throw new JinjaException("%s: %s".formatted(operator, e.getMessage()));
        }
    }

    private static long calculate(String operator, long x, long y) {
        return switch (operator) {
            case "+" -> Math.addExact(x, y);
            case "-" -> Math.subtractExact(x, y);
            case "*" -> Math.multiplyExact(x, y);
            case "//" -> Math.floorDiv(x, y);
            case "%" -> Math.floorMod(x, y);
            default -> throw new JinjaException("%s is not known between whole numbers".formatted(operator));
        };
    }

    private static double calculate(String operator, double x, double y) {
        return switch (operator) {
            case "+" -> x + y;
            case "-" -> x - y;
            case "*" -> x * y;
            case "/" -> x / y;
            case "//" -> Math.floor(x / y);
            default -> throw new JinjaException("%s is not known between numbers".formatted(operator));
        };
    }

    /** An element of a list or text by number, from the end where it is negative; a value of a mapping by key. */
    static Object element(Object whole, Object key) {
        if (whole instanceof Map<?, ?> map) {
            return map.containsKey(key) ? map.get(key) : new Undefined(kind(key));
        }
        if (!(number(key) instanceof Long) || !(whole instanceof String || whole instanceof List)) {
            throw new JinjaException("%s has no [%s]".formatted(kind(whole), kind(key)));
        }
        List<Object> elements = elements(whole);
        long at = integer(key) < 0 ? integer(key) + elements.size() : integer(key);
        return at >= 0 && at < elements.size() ? elements.get((int) at) : new Undefined("[%d]".formatted(integer(key)));
    }

    /** Python's {@code whole[from:to:step]}; null where nothing is written. */
    static Object slice(Object whole, Object from, Object to, Object by) {
        List<Object> elements = elements(whole);
        long size = elements.size();
        long step = by == null ? 1 : integer(by);
        if (step == 0) {
            throw new JinjaException("the step of a slice must not be 0");
        }
        long first = bound(from, step > 0 ? 0 : size - 1, size, step);
        long end = bound(to, step > 0 ? size : -1, size, step);
        List<Object> slice = new ArrayList<>();
        for (long i = first; step > 0 ? i < end : i > end; i += step) {
            slice.add(elements.get((int) i));
        }
        return whole instanceof String ? slice.stream().map(String.class::cast).collect(Collectors.joining()) : slice;
    }

    private static long bound(Object value, long otherwise, long size, long step) {
        if (value == null) {
            return otherwise;
        }
        long at = integer(value) < 0 ? integer(value) + size : integer(value);
        return step > 0 ? Math.max(0, Math.min(size, at)) : Math.max(-1, Math.min(size - 1, at));
    }
}
