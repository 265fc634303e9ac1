package kindling.jobs.shard;

import java.util.Map;
import kindling.jobs.io.Outcomes;
import kindling.prep.Document;
import org.apache.spark.sql.Row;

/**
 * A document on its way into a shard.
 *
 * @param outcome its row of {@link Outcomes}, without its text; one that is dropped there has no place in the shard
 * @param ids as they lie in the shard
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way into a file
public record Encoded(Row outcome, byte[] ids) {
    /** A document of which nothing is known but its id. */
    public static Encoded of(String id, byte[] ids) {
        return new Encoded(Outcomes.kept(new Document(id, "", "", "", "", Map.of())), ids);
    }
}
