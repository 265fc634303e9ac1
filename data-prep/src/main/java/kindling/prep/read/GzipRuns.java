package kindling.prep.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The content of a gzipped web archive in runs. A run begins with a member whose content begins with a record, and goes on
 * with the members after it whose content does not: where each record has a member of its own, as the standard wants it, a
 * run is one member; where a whole file is one member, or records lie across members, it is longer.
 *
 * <p>A damaged member costs its run; the next run is then looked for, from the byte after the damaged member's first.
 *
 * <p><b>Parts.</b> A part of a file that begins in the middle must not take for a record what is only the content of one:
 * an archive inside the archive, which deflate keeps as it is when it does not get shorter. But a deflate block keeps at
 * most 65,535 bytes as they are (RFC 1951, section 3.2.4). So a run from which sound members follow one another over more
 * bytes than that is {@linkplain #isCertain certain} to be no content of another. A part begins with the first certain run
 * at or after its start, and the part before it goes on until it meets a certain run at or after its end: the same one, as
 * a run is certain or not by what follows it alone. Hence all parts together give exactly what the whole gives, whatever
 * is damaged, or hidden in it.
 */
final class GzipRuns extends InputStream {
    private static final int STORED_BYTES = 65_535; // of one deflate block
    private static final int PROBE_BYTES = 1 << 19; // of which a member may be sound without its end being seen
    private static final int BEHIND_BYTES = 15 << 16; // how far damage may lead astray; half of 2 MiB, nearly

    private final ByteWindow raw;
    private final GzipMember member;
    private final GzipMember probe;
    private final byte[] probed = new byte[1 << 13];
    private long offset;
    private long memberOffset; // of the member that is open
    private boolean pending; // the member that is open begins the next run
    private boolean over; // this run was read to its end
    private boolean toldUnreadable;
    private Optional<Failure> failure = Optional.empty(); // of this run, to be thrown when it is read
    private long given; // bytes of this run
    private long checked; // of those, how many belong to members that are whole
    private long uncertainUntil; // no run before this is certain

    /** @param position of the stream's first byte in its file */
    GzipRuns(InputStream in, long position) {
        raw = new ByteWindow(in, position, BEHIND_BYTES);
        member = new GzipMember(raw);
        probe = new GzipMember(raw);
    }

    /** The window of the file's own bytes, before the first run was asked for. */
    ByteWindow raw() {
        return raw;
    }

    /** Where the run begins in the file, in bytes. */
    long offset() {
        return offset;
    }

    /** How many bytes of the run's content, from its start, were in members whose checksum has been found right. */
    long checked() {
        return checked;
    }

    /** Goes to the next run, after all of the one before was read; false at the end of the file. */
    boolean next() {
        if (pending) {
            return begin();
        }
        passZeros();
        memberOffset = raw.position();
        begin();
        return raw.has(1) ? open() : failsToRead();
    }

    /** Goes to the first certain run at or after the window's position, if there is one before an end. */
    boolean nextCertain(long end) {
        while (seek() && memberOffset < end) {
            begin();
            if (isCertain()) {
                return true;
            }
            raw.moveTo(Math.max(offset + 1, uncertainUntil));
        }
        return false;
    }

    private boolean begin() {
        offset = memberOffset;
        given = 0;
        checked = 0;
        pending = false;
        over = false;
        failure = Optional.empty();
        return true;
    }

    private void passZeros() {
        while (raw.has(1) && raw.at(0) == 0) { // tapes and block devices pad files with them
            raw.advance(1);
        }
    }

    private boolean open() {
        try {
            member.open();
            member.beginsRecord(); // if not, its content is looked through for one
        } catch (IOException e) {
            failure = Optional.of(failed(e));
        }
        return true;
    }

    /** Makes an error of the file itself a run that fails, once. */
    private boolean failsToRead() {
        failure = raw.failure();
        boolean tells = failure.isPresent() && !toldUnreadable;
        toldUnreadable = true;
        return tells;
    }

    /** What is wrong with the open member; looks for the next run. */
    private Failure failed(IOException e) {
        raw.moveTo(memberOffset + 1);
        boolean more = seek();
        Failure cause = Failure.of(e);
        toldUnreadable |= raw.failure().isPresent();
        return more && cause.equals(Failure.TRUNCATED) ? Failure.CORRUPT : cause;
    }

    /** Opens the next member that begins a run, at or after the window's position. */
    private boolean seek() {
        pending = false;
        while (!pending && toMagic()) {
            memberOffset = raw.position();
            try {
                member.open();
                pending = member.beginsRecord();
            } catch (IOException e) {
                pending = false; // three bytes that look like a member's first
            }
            if (!pending) {
                raw.moveTo(memberOffset + 1);
            }
        }
        return pending;
    }

    private boolean toMagic() {
        while (raw.has(3) && !GzipMember.startsAt(raw)) {
            raw.advance(1);
        }
        boolean found = raw.has(3);
        if (!found) {
            raw.advance(raw.buffered());
        }
        return found;
    }

    /** Whether the run, of which nothing was read yet, is no content of another. */
    boolean isCertain() {
        if (offset < uncertainUntil) {
            return false;
        }
        long here = raw.position();
        raw.moveTo(offset);
        boolean certain = reachesFar();
        raw.moveTo(here);
        return certain;
    }

    /** Whether sound members follow one another for long enough. */
    private boolean reachesFar() {
        while (raw.position() <= offset + STORED_BYTES) {
            long begin = raw.position();
            if (!isSound(offset + PROBE_BYTES)) {
                uncertainUntil = Math.max(uncertainUntil, begin); // what leads here leads no farther either
                return false;
            }
        }
        return true;
    }

    private boolean isSound(long limit) {
        try {
            probe.open();
            boolean sound = probe.beginsRecord();
            while (sound && probe.read(probed, 0, probed.length, limit) > 0) {
                // to its end or the limit: that nothing is wrong is all that matters
            }
            return sound;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        if (failure.isPresent()) {
            throw new Failure.Passed(failure.get());
        }
        try {
            while (!over) {
                int count = member.read(target, start, length, Long.MAX_VALUE);
                if (count >= 0) {
                    given += count;
                    return count;
                }
                checked = given;
                over = !goesOn();
            }
            return -1;
        } catch (IOException e) {
            failure = Optional.of(failed(e));
            throw new Failure.Passed(failure.get());
        }
    }

    /** Opens the next member; false if it does not belong to this run. */
    private boolean goesOn() throws IOException {
        if (!GzipMember.startsAt(raw)) {
            return false;
        }
        long next = raw.position();
        try {
            member.open();
            memberOffset = next;
            pending = member.beginsRecord();
            return !pending;
        } catch (IOException e) {
            raw.moveTo(next);
            return false; // a run of its own, which fails
        }
    }

    @Override
    public void close() {
        member.close();
        probe.close();
    }
}
