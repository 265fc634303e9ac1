package kindling.jobs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Made files of one kind, the same for the same seed.
 *
 * @param bytes of the files before compression
 */
record Sample(String kind, String fileName, List<byte[]> files, long bytes) {
    private static final long SEED = 42;
    private static final int WORDS = 5_000; // of the made language; about what a child knows
    private static final int LONGEST_WORD = 10; // letters
    private static final int PARAGRAPHS = 12; // of a page
    private static final int DOCUMENT_WORDS = 400; // the middle of what web corpora have

    private static final String MENU =
            "<ul class=nav>" + "<li><a href='/teas/'>Green and black</a></li>".repeat(40) + "</ul>";
    private static final String SCRIPT = "<script>" + "window.track = window.track || [];\n".repeat(60) + "</script>";

    /** Every kind, each of about so many bytes. */
    static List<Sample> all(long bytes) {
        String prose = prose(bytes);
        byte[] lines = jsonLines(prose);
        byte[] text = prose.getBytes(UTF_8);
        List<byte[]> pages = pages(prose);
        long pageBytes = pages.stream().mapToLong(page -> page.length).sum();
        return List.of(
                new Sample("text", "a.txt", List.of(text), text.length),
                new Sample("jsonl", "a.jsonl", List.of(lines), lines.length),
                new Sample("jsonl_gzip", "a.jsonl.gz", List.of(gzip(lines)), lines.length),
                new Sample("html", "a.html", pages, pageBytes),
                new Sample("warc_html", "a.warc.gz", List.of(webArchive(pages)), pageBytes));
    }

    /** Paragraphs, one a line, of words as frequent as Zipf's law has it. */
    private static String prose(long bytes) {
        Random random = new Random(SEED);
        String[] words = new String[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = random.ints(1 + random.nextInt(LONGEST_WORD), 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
        StringBuilder text = new StringBuilder();
        while (text.length() < bytes) {
            int length = DOCUMENT_WORDS / 2 + random.nextInt(DOCUMENT_WORDS);
            for (int i = 1; i < length; i++) {
                text.append(words[(int) Math.pow(WORDS, random.nextDouble()) - 1])
                        .append(i % 12 == 0 ? ". " : " ");
            }
            text.append("\u00e9nd.\n");
        }
        return text.toString();
    }

    private static byte[] jsonLines(String prose) {
        StringBuilder lines = new StringBuilder();
        int number = 0;
        for (String text : prose.lines().toList()) {
            lines.append("{\"id\":\"made-")
                    .append(number++)
                    .append("\",\"url\":\"https://a.example/")
                    .append(number)
                    .append("\",\"text\":\"")
                    .append(text.replace(". ", ".\\n"))
                    .append("\"}\n");
        }
        return lines.toString().getBytes(UTF_8);
    }

    private static List<byte[]> pages(String prose) {
        List<String> paragraphs = prose.lines().toList();
        List<byte[]> pages = new ArrayList<>();
        for (int at = 0; at + PARAGRAPHS <= paragraphs.size(); at += PARAGRAPHS) {
            StringBuilder page = new StringBuilder("<!doctype html><html><head><title>Tea</title>")
                    .append(SCRIPT)
                    .append("</head><body>")
                    .append(MENU)
                    .append("<main><h1>Tea</h1>");
            for (int i = 0; i < PARAGRAPHS; i++) {
                page.append("<p class=body>")
                        .append(paragraphs.get(at + i).replace(". ", ".</p>\n<p class=body>"))
                        .append("</p>");
            }
            page.append("</main><footer>").append(MENU).append("</footer></body></html>");
            pages.add(page.toString().getBytes(UTF_8));
        }
        return pages;
    }

    /** A response for each page, each a gzip member, as crawlers write them. */
    private static byte[] webArchive(List<byte[]> pages) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        for (byte[] page : pages) {
            String http = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
            String head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/" + archive.size()
                    + "\r\nWARC-Date: 2024-05-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response"
                    + "\r\nContent-Length: " + (http.length() + page.length) + "\r\n\r\n";
            ByteArrayOutputStream response = new ByteArrayOutputStream();
            response.writeBytes((head + http).getBytes(UTF_8));
            response.writeBytes(page);
            response.writeBytes("\r\n\r\n".getBytes(UTF_8));
            archive.writeBytes(gzip(response.toByteArray()));
        }
        return archive.toByteArray();
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
