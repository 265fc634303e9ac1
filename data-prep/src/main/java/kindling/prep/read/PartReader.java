package kindling.prep.read;

import java.io.IOException;

/** A format of which a large file can be read in parts. */
interface PartReader extends Reader {
    /** Gives the intake the records that start in the part; all parts together give those of the file. */
    void read(FilePart part, StoredFile file, Intake intake) throws IOException;
}
