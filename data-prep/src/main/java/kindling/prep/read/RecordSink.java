package kindling.prep.read;

import java.nio.ByteBuffer;

/** Takes what is found in a web archive, in the order of the file. */
interface RecordSink {
    /**
     * A whole record.
     *
     * @param position where it begins, as {@link Intake#blank} wants it
     * @param block what follows the header; valid until this method returns
     */
    void record(RecordHead head, String position, ByteBuffer block);

    /** A record that cannot be had, or bytes that belong to none. */
    void lost(String position, Failure failure);
}
