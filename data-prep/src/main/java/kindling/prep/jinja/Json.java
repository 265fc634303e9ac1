package kindling.prep.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** JSON as Python's {@code json.dumps} writes it, without escapes for what is not ASCII. */
final class Json {
    private final StringBuilder out = new StringBuilder();
    private final int indent;
    private final Work work;

    private Json(int indent, Work work) {
        this.indent = indent;
        this.work = work;
    }

    /** @param indent blanks for each level, 0 for one line */
    static String text(Object value, int indent, Work work) {
        Json json = new Json(indent, work);
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
                quote(Values.text(entry.getKey(), work));
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
        work.enter();
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
        work.leave();
    }

    private void line(int level) {
        if (indent > 0) {
            work.spend((long) indent * level);
            out.append('\n').append(" ".repeat(indent * level));
        }
    }

    private void quote(String text) {
        work.spend(text.length() + 1L);
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
