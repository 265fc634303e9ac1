package kindling.prep.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** JSON as Python's {@code json.dumps} writes it, without escapes for what is not ASCII. */
final class Json {
    private final StringBuilder out = new StringBuilder();
    private final int indent;

    private Json(int indent) {
        this.indent = indent;
    }

    /** @param indent blanks for each level, 0 for one line */
    static String text(Object value, int indent) {
        Json json = new Json(indent);
        json.write(value, 1);
        return json.out.toString();
    }

    private void write(Object value, int level) {
        if (value instanceof String text) {
            quote(text);
        } else if (value instanceof List<?> list) {
            Iterator<?> elements = list.iterator();
            all('[', ']', list.size(), level, () -> write(elements.next(), level + 1));
        } else if (value instanceof Map<?, ?> map) {
            Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
            all('{', '}', map.size(), level, () -> {
                Map.Entry<?, ?> entry = entries.next();
                quote(Values.text(entry.getKey()));
                out.append(": ");
                write(entry.getValue(), level + 1);
            });
        } else if (value == null || value instanceof Boolean || value instanceof Number) {
            out.append(value);
        } else {
            throw new JinjaException("%s is no JSON".formatted(Values.kind(value)));
        }
    }

    private void all(char open, char close, int size, int level, Runnable element) {
        out.append(open);
        for (int i = 0; i < size; i++) {
            out.append(i == 0 ? "" : indent > 0 ? "," : ", ");
            line(level);
            element.run();
        }
        if (size > 0) {
            line(level - 1);
        }
        out.append(close);
    }

    private void line(int level) {
        if (indent > 0) {
            out.append('\n').append(" ".repeat(indent * level));
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int named = "\"\\\n\r\t\b\f".indexOf(c);
            if (named >= 0) {
                out.append('\\').append("\"\\nrtbf".charAt(named));
            } else if (c < ' ') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
