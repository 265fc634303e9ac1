package kindling.prep.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kindling.prep.Document;

/** Reads one file, or a part of it, into documents, opening archives on the way. */
public final class FileReading {
    private static final int HEAD_BYTES = 512; // enough for every format's first mark; a tar file's header
    private static final String INSIDE = "!/"; // between an archive's path and an entry's
    private static final int MAX_NAMES = 1 << 20; // of one archive, of which it is known whether they came before

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
        new FileReading(options, sink).file(relativePath, in);
    }

    /**
     * Reads a part of a file: JSON lines, plain text and web archives from the first record that starts in it to the last,
     * any other file whole with its first part.
     *
     * @throws IOException when the file cannot be opened
     */
    public static void read(FilePart part, StoredFile file, ReadOptions options, Sink sink) throws IOException {
        FileReading reading = new FileReading(options, sink);
        if (part.isWhole() || !reading.partRead(part, file)) {
            reading.wholeRead(part, file);
        }
    }

    private void wholeRead(FilePart part, StoredFile file) throws IOException {
        if (part.start() == 0) {
            try (InputStream in = file.from(0)) {
                file(part.path(), in);
            }
        }
    }

    /** Reads the part by itself, if files of this kind can be read so. */
    private boolean partRead(FilePart part, StoredFile file) throws IOException {
        String path = part.path();
        byte[] head;
        try (InputStream in = file.from(0)) {
            head = in.readNBytes(HEAD_BYTES);
        }
        if (options.paths().excludes(path) || !options.paths().includes(path)) {
            return false; // which is told once, with the first part
        }
        if (isWarc(path, head)) {
            try (InputStream in = file.from(part.start())) {
                WarcFile.read(path, in, part.start(), part.end(), options, sink);
            }
            return true;
        }
        boolean packed = Compression.of(head).isPresent() || archive(path, head).isPresent();
        if (packed || !(reader(path, head).orElse(null) instanceof PartReader reader)) {
            return false;
        }
        reader.read(part, file, new Intake(path, options, sink));
        return true;
    }

    private void file(String path, InputStream in) {
        open(path, path, new ByteSource(in, Budget.unlimited()), 0, 0);
    }

    /**
     * Reads a file or an archive's entry.
     *
     * @param path names it for the user; inside an archive {@code a.jar!/x/y.html}
     * @param name tells its format, so without the suffix of a compression already undone
     * @param archives how many it is in
     * @param layers how many compressions were undone since the last archive
     */
    private void open(String path, String name, ByteSource bytes, int archives, int layers) {
        if (options.paths().excludes(path)) {
            sink.exclude(path);
            return;
        }
        byte[] head = bytes.peek(HEAD_BYTES);
        Optional<Compression> compression = Compression.of(head);
        Optional<Archive> archive = archive(name, head);
        int most = options.limits().maxDepth();
        if (isWarc(name, head)) {
            readWarc(path, bytes);
        } else if (archive.isPresent() ? archives == most : compression.isPresent() && layers > most) {
            intake(path).reject("", "nesting_too_deep", "more than " + most + " archives inside one another");
        } else if (compression.isPresent()) {
            decompress(path, name, compression.get(), bytes, archives, layers);
        } else if (archive.isPresent()) {
            unpack(path, bytes, archive.get(), archives);
        } else {
            readRecords(path, name, bytes, head, archives > 0);
        }
    }

    private Intake intake(String path) {
        return new Intake(path, options, sink);
    }

    private boolean isWarc(String name, byte[] head) {
        boolean named =
                options.format().equals(Reader.WARC) && archive(name, head).isEmpty();
        return named || (!Reader.isNamed(options.format()) && WarcFile.accepts(name, head));
    }

    private void readWarc(String path, ByteSource bytes) {
        if (options.paths().includes(path)) {
            WarcFile.read(path, bytes.stream(), 0, Long.MAX_VALUE, options, sink);
        } else {
            sink.exclude(path);
        }
    }

    private void decompress(
            String path, String name, Compression compression, ByteSource bytes, int archives, int layers) {
        String innerName = compression.inner(name);
        try (InputStream in = compression.open(bytes)) {
            ByteSource inner = new ByteSource(in, budget);
            open(path, innerName, inner, archives, layers + 1);
            if (in instanceof GzipMembers members) {
                resume(path, innerName, inner, members);
            }
        } catch (IOException e) {
            intake(path).lose(Failure.of(e), bytes.position());
        }
    }

    /** Goes on behind damaged members. */
    private void resume(String path, String name, ByteSource damaged, GzipMembers members) {
        Optional<Reader> reader = reader(name, new byte[0]).filter(Reader::canResume);
        ByteSource last = damaged;
        while (reader.isPresent()
                && last.failure().equals(Optional.of(Failure.CORRUPT))
                && options.paths().includes(path)
                && members.resume()) {
            last = new ByteSource(members, budget, last.position(), Long.MAX_VALUE);
            reader.get().read(last, intake(path));
            intake(path).report(last);
        }
    }

    /** Opens an archive. */
    private interface Archive {
        Entries entries(ByteSource bytes);
    }

    private Optional<Archive> archive(String name, byte[] head) {
        if (TarEntries.startsWith(head)) {
            return Optional.of(TarEntries::new);
        }
        boolean zip = ZipEntries.startsWith(head)
                && reader(name, head).filter(Reader::isZipInside).isEmpty();
        return zip ? Optional.of(ZipEntries::new) : Optional.empty();
    }

    private Optional<Reader> reader(String name, byte[] head) {
        return Reader.of(options.format(), Reader.extension(name), head);
    }

    private void unpack(String path, ByteSource bytes, Archive archive, int archives) {
        try (Entries entries = archive.entries(bytes)) {
            Names names = new Names();
            boolean readable = true;
            while (readable) {
                try {
                    Optional<Entries.Entry> entry = entries.next();
                    if (entry.isEmpty()) {
                        break;
                    }
                    readable = readEntry(path, names.distinct(entry.get().name()), entry.get(), archives)
                            || !(budget.isSpent() || bytes.isEmpty());
                } catch (IOException e) {
                    names.distinct("");
                    intake(path).lose(Failure.of(e), bytes.position());
                }
            }
            if (names.isEmpty()) {
                intake(path).reject("", "empty", "an archive without entries");
            }
        }
        verify(path, bytes);
    }

    /** Reads to the end what nobody asked for: only there a checksum can tell that all was well. */
    private void verify(String path, ByteSource bytes) {
        if (bytes.failure().isEmpty() && !budget.isSpent()) {
            bytes.skip(Long.MAX_VALUE);
            intake(path).report(bytes);
        }
    }

    /** Reads one entry; false if it could not be read to its end. */
    private boolean readEntry(String archive, String distinctName, Entries.Entry entry, int archives) {
        String path = archive + INSIDE + distinctName;
        ByteSource bytes = new ByteSource(entry.content(), budget);
        if (options.paths().excludes(path)) {
            sink.exclude(path);
        } else if (isUnsafe(entry.name())) {
            sink.reject(Document.idOf(path, ""), "unsafe_path", archive + ": an entry's name leads out of the archive");
        } else if (entry.refused().isPresent()) {
            intake(path)
                    .reject(
                            "",
                            entry.refused().get().reason(),
                            entry.refused().get().cause());
        } else if (!entry.isFolder()) {
            open(path, entry.name(), bytes, archives + 1, 0);
        }
        verify(path, bytes);
        return bytes.failure().isEmpty() && !budget.isSpent();
    }

    private static boolean isUnsafe(String name) {
        String path = name.replace('\\', '/');
        return path.startsWith("/")
                || path.indexOf(':') == 1
                || ("/" + path + "/").contains("/../")
                || path.chars().anyMatch(Character::isISOControl);
    }

    private void readRecords(String path, String name, ByteSource bytes, byte[] head, boolean inside) {
        Intake intake = intake(path);
        if (!options.paths().includes(path)) {
            sink.exclude(path);
        } else if (!inside && options.format().equals(Reader.ZIP)) {
            intake.reject("", "not_zip", "the first bytes are not those of a zip file");
        } else if (head.length == 0 && bytes.failure().isEmpty()) {
            intake.reject("", "empty", "no bytes");
        } else {
            readWith(reader(name, head), name, bytes, intake);
        }
    }

    private static void readWith(Optional<Reader> reader, String name, ByteSource bytes, Intake intake) {
        if (reader.isPresent()) {
            reader.get().read(bytes, intake);
            intake.report(bytes);
        } else {
            String extension = Reader.extension(name);
            String what = extension.isEmpty() ? "files without an extension" : "." + extension + " files";
            intake.reject("", "unsupported_format", "nothing reads " + what + ": name their format");
        }
    }

    /** The names of an archive's entries: those that come again get a number, so that identifiers differ. */
    private static final class Names {
        private final Map<Long, Integer> timesByHash = new HashMap<>();

        boolean isEmpty() {
            return timesByHash.isEmpty();
        }

        /** The name, or from its second time on {@code name#2}. */
        String distinct(String name) {
            long hash = Long.parseUnsignedLong(Document.idOf(name, ""), 0, Long.BYTES * 2, 16);
            if (timesByHash.size() == MAX_NAMES && !timesByHash.containsKey(hash)) {
                return name;
            }
            int times = timesByHash.merge(hash, 1, Integer::sum);
            return times == 1 ? name : name + "#" + times;
        }
    }
}
