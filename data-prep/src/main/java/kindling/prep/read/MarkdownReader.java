package kindling.prep.read;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kindling.prep.Document;

/**
 * Markdown: a file is a document, marks and all, with what its front matter (YAML between {@code ---}, TOML between
 * {@code +++}) or its first heading says about it in the meta data: {@code title}, {@code published}, {@code license},
 * {@code author}. The front matter stays in the text, because it says more than that.
 */
final class MarkdownReader implements Reader {
    private static final Set<String> EXTENSIONS = Set.of("md", "markdown", "mdx", "mkd");
    private static final Map<String, String> META = Map.of(
            "title", "title",
            "date", "published",
            "license", "license",
            "licence", "license",
            "author", "author");
    private static final Pattern ENTRY = Pattern.compile("(\\w+)\\s*[:=]\\s*(\\S.*)");
    private static final Pattern HEADING = Pattern.compile(" {0,3}#{1,6}[ \\t]+(\\S.*)");
    private static final Pattern UNDERLINE = Pattern.compile(" {0,3}(=+|-+)\\s*");
    private static final Pattern CLOSING_MARKS = Pattern.compile("(?<=\\s)#+$");

    @Override
    public String format() {
        return "markdown";
    }

    @Override
    public boolean accepts(String extension, byte[] head) {
        return EXTENSIONS.contains(extension);
    }

    @Override
    public void read(ByteSource bytes, Intake intake) {
        intake.acceptUntimed(
                bytes, (content, whole) -> document(PlainText.of(content, whole).in(intake.blank(""))));
    }

    private static Document document(Document plain) {
        List<String> lines = plain.text().replaceFirst("^\uFEFF", "").lines().toList();
        int body = body(lines);
        Map<String, String> meta = new TreeMap<>(plain.meta());
        heading(lines.subList(body, lines.size())).ifPresent(title -> meta.put("title", title));
        lines.subList(0, body).forEach(line -> frontMatter(line, meta));
        return new Document(plain.id(), plain.text(), plain.source(), plain.url(), plain.language(), meta);
    }

    /** The line after the front matter, which starts in the first line or not at all. */
    private static int body(List<String> lines) {
        String fence = lines.isEmpty() ? "" : lines.get(0).strip();
        if (!fence.equals("---") && !fence.equals("+++")) {
            return 0;
        }
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(fence)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static void frontMatter(String line, Map<String, String> meta) {
        Matcher entry = ENTRY.matcher(line);
        if (entry.matches() && META.containsKey(entry.group(1))) {
            String value = unquoted(entry.group(2).strip());
            if (!value.isEmpty()) {
                meta.put(META.get(entry.group(1)), value);
            }
        }
    }

    private static String unquoted(String value) {
        int last = value.length() - 1;
        boolean quoted = last > 0 && value.charAt(0) == value.charAt(last) && "\"'".indexOf(value.charAt(0)) >= 0;
        return quoted ? value.substring(1, last) : value;
    }

    private static Optional<String> heading(List<String> lines) {
        boolean code = false;
        String before = "";
        for (String line : lines) {
            code ^= line.stripLeading().startsWith("```") || line.stripLeading().startsWith("~~~");
            Matcher heading = HEADING.matcher(line);
            if (!code && heading.matches()) {
                return Optional.of(CLOSING_MARKS
                        .matcher(heading.group(1).strip())
                        .replaceFirst("")
                        .strip());
            }
            if (!code && !before.isBlank() && UNDERLINE.matcher(line).matches()) {
                return Optional.of(before.strip());
            }
            before = line;
        }
        return Optional.empty();
    }
}
