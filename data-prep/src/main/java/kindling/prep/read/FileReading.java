package kindling.prep.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import kindling.prep.Document;

/** Reads one file into documents, opening archives on the way. */
public final class FileReading {
    private static final int HEAD_BYTES = 512; // enough for every format's first mark
    private static final String INSIDE = "!/"; // between an archive's path and an entry's
    private static final int GZIP_BUFFER_BYTES = 1 << 16;
    /** What stands in archives beside the documents and is no text: passed over without a word. */
    private static final Set<String> ASSETS =
            Set.of(("css js map class properties mf sf rsa dsa png jpg jpeg gif svg ico webp bmp tif tiff"
                            + " woff woff2 ttf otf eot mp3 mp4 ogg webm wav")
                    .split(" "));

    private final ReadOptions options;
    private final Sink sink;
    private final Budget budget;

    private FileReading(ReadOptions options, Sink sink) {
        this.options = options;
        this.sink = sink;
        this.budget = new Budget(options.limits().maxFileBytes());
    }

    /**
     * Reads a file to its end, or to where it can be read. No content makes this throw; what the sink throws is passed
     * on. Memory does not grow with the file, only with {@link Limits#maxRecordBytes}.
     *
     * @param relativePath of the file in the input folder: the documents' {@code source}, and part of their identifiers
     * @param in the file as it is stored, compressed or not; not closed
     */
    public static void read(String relativePath, InputStream in, ReadOptions options, Sink sink) {
        ByteSource bytes = new ByteSource(in, new Budget(Long.MAX_VALUE));
        new FileReading(options, sink).open(relativePath, relativePath, bytes, 0);
    }

    /**
     * Reads a file or an archive's entry.
     *
     * @param path names it for the user; inside an archive {@code a.jar!/x/y.html}
     * @param name tells its format, so without the suffix of a compression already undone
     * @param depth how many archives it is in
     */
    private void open(String path, String name, ByteSource bytes, int depth) {
        byte[] head = bytes.peek(HEAD_BYTES);
        boolean gzip = head.length > 1 && head[0] == 0x1F && head[1] == (byte) 0x8B;
        Intake intake = new Intake(path, options, sink);
        if (options.format().equals("auto") && WarcFile.accepts(name, head)) {
            WarcFile.read(path, bytes.stream(), 0, Long.MAX_VALUE, options, sink);
        } else if ((gzip || ZipEntries.startsWith(head))
                && depth == options.limits().maxDepth()) {
            intake.reject("", "nesting_too_deep", "more than " + depth + " archives inside one another");
        } else if (gzip) {
            unpack(path, name, bytes, depth);
        } else if (ZipEntries.startsWith(head)) {
            unzip(path, bytes, depth);
        } else {
            readRecords(name, bytes, head, intake, path.contains(INSIDE));
        }
    }

    private void unpack(String path, String name, ByteSource bytes, int depth) {
        try (InputStream in = new GZIPInputStream(bytes.stream(), GZIP_BUFFER_BYTES)) {
            open(path, withoutSuffix(name), new ByteSource(in, budget), depth + 1);
        } catch (IOException e) {
            new Intake(path, options, sink).lose(Failure.of(e), bytes.position());
        }
    }

    private static String withoutSuffix(String name) {
        return Reader.extension(name).equals("gz") ? name.substring(0, name.length() - 3) : name;
    }

    private void unzip(String path, ByteSource bytes, int depth) {
        try (ZipEntries entries = new ZipEntries(bytes.stream())) {
            Optional<ZipEntry> entry = entries.next();
            if (entry.isEmpty()) {
                new Intake(path, options, sink).reject("", "empty", "an archive without entries");
            }
            while (entry.isPresent() && readEntry(path, entry.get(), entries, depth)) {
                entry = entries.next();
            }
        } catch (IOException e) {
            new Intake(path, options, sink).lose(Failure.of(e), bytes.position());
        }
    }

    /** Reads one entry; false if the archive cannot be read beyond it. */
    private boolean readEntry(String archive, ZipEntry entry, InputStream in, int depth) {
        String path = archive + INSIDE + entry.getName();
        ByteSource bytes = new ByteSource(in, budget);
        if (isUnsafe(entry.getName())) {
            sink.reject(Document.idOf(path, ""), "unsafe_path", archive + ": an entry's name leads out of the archive");
        } else if (!entry.isDirectory()) {
            open(path, entry.getName(), bytes, depth + 1);
        }
        if (bytes.failure().isEmpty()) {
            bytes.rest(0); // what nobody wanted counts too: it has to be decompressed to find the next entry
            new Intake(path, options, sink).report(bytes);
        }
        return bytes.failure().isEmpty();
    }

    private static boolean isUnsafe(String name) {
        String path = name.replace('\\', '/');
        return path.startsWith("/")
                || path.indexOf(':') == 1
                || ("/" + path + "/").contains("/../")
                || path.chars().anyMatch(Character::isISOControl);
    }

    private void readRecords(String name, ByteSource bytes, byte[] head, Intake intake, boolean inside) {
        String extension = Reader.extension(name);
        Optional<Reader> reader = Reader.of(options.format(), extension, head);
        if (inside && ASSETS.contains(extension)) {
            return;
        }
        if (!inside && options.format().equals("zip")) {
            intake.reject("", "not_zip", "the first bytes are not those of a zip file");
        } else if (head.length == 0 && bytes.failure().isEmpty()) {
            intake.reject("", "empty", "no bytes");
        } else if (reader.isPresent()) {
            reader.get().read(bytes, intake);
            intake.report(bytes);
        } else {
            intake.reject("", "unsupported_format", "nothing reads ." + extension + " files: name their format");
        }
    }
}
