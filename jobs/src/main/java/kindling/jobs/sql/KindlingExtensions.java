package kindling.jobs.sql;

import java.util.List;
import kindling.jobs.UserError;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/** Adds the functions to a session: the value of {@code spark.sql.extensions}. */
public final class KindlingExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
    private static final List<SqlFunction> ALL = List.of(
            new SqlFunction("kindling_summarize", "summarize", DataTypes.StringType, false, "a summary of the text"),
            new SqlFunction("kindling_generate", "generate", DataTypes.StringType, true, "what follows the text"),
            new SqlFunction("kindling_redact", "redact", DataTypes.StringType, false, "the text without personal data"),
            new SqlFunction("kindling_count_tokens", "countTokens", DataTypes.IntegerType, true, "the text's tokens"));

    /**
     * A function of one text.
     *
     * @param method of {@link Calls}
     */
    private record SqlFunction(String name, String method, DataType type, boolean needsCheckpoint, String gives) {
        ExpressionInfo info() {
            String usage = "_FUNC_(text) - Returns %s.".formatted(gives);
            return new ExpressionInfo(Calls.class.getName(), null, name, usage, "", "", "", "", "", "", "");
        }

        /** @throws UserError when the arguments or the session's settings are not for it */
        Expression of(Seq<Expression> arguments) {
            if (arguments.length() != 1) {
                throw new UserError("%s takes one text, got %d arguments".formatted(name, arguments.length()));
            }
            Settings settings = Settings.of(SQLConf.get());
            if (needsCheckpoint) {
                settings.requireCheckpoint(name);
            }
            Literal carried = new Literal(UTF8String.fromString(settings.json()), DataTypes.StringType);
            return new StaticInvoke(
                    Calls.class,
                    type,
                    method,
                    seq(List.of(arguments.apply(0), carried)),
                    KindlingExtensions.<AbstractDataType>seq(List.of(DataTypes.StringType, DataTypes.StringType)),
                    true,
                    true,
                    true,
                    Option.empty());
        }
    }

    private static <T> Seq<T> seq(List<? extends T> list) {
        return CollectionConverters.<T>asScala(List.<T>copyOf(list)).toSeq();
    }

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        ALL.forEach(function -> extensions.injectFunction(
                new Tuple3<>(new FunctionIdentifier(function.name()), function.info(), function::of)));
        return BoxedUnit.UNIT;
    }
}
