package kindling.prep.read;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What lies in a web archive, before documents are made of it. */
final class RecordList implements RecordSink {
    final List<Found> records = new ArrayList<>();
    final List<Lost> losses = new ArrayList<>();

    record Found(String position, String type, String url, long length, String sha256, String httpType) {}

    record Lost(String position, String reason, String cause) {}

    static RecordList of(String path, byte[] file) {
        return of(path, file, 0, Long.MAX_VALUE);
    }

    static RecordList of(String path, byte[] file, long start, long end) {
        RecordList list = new RecordList();
        list.add(path, file, start, end);
        return list;
    }

    /** What all parts of a size give, one after another. */
    static RecordList ofParts(String path, byte[] file, int partBytes) {
        RecordList list = new RecordList();
        for (long start = 0; start < file.length; start += partBytes) {
            list.add(path, file, start, start + partBytes);
        }
        return list;
    }

    private void add(String path, byte[] file, long start, long end) {
        ByteArrayInputStream in = new ByteArrayInputStream(file, (int) start, file.length - (int) start);
        WarcFile.read(path, in, start, end, Limits.defaults(), this);
    }

    List<String> positions() {
        return records.stream().map(Found::position).toList();
    }

    List<String> reasons() {
        return losses.stream().map(Lost::reason).toList();
    }

    /** Everything, in one list that can be compared. */
    List<Object> all() {
        return Stream.<Object>concat(records.stream(), losses.stream()).toList();
    }

    @Override
    public void record(RecordHead head, String position, ByteBuffer block) {
        byte[] bytes = new byte[block.remaining()];
        block.duplicate().get(bytes);
        records.add(new Found(position, head.type(), head.url(), head.length(), sha256(bytes), httpType(block)));
    }

    private static String httpType(ByteBuffer block) {
        try {
            return HttpAnswer.parse(block).type().name();
        } catch (BadRecord noHttp) {
            return "";
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void lost(String position, Failure failure) {
        losses.add(new Lost(position, failure.reason(), failure.cause()));
    }
}
