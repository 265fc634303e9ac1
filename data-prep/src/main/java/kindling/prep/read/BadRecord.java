package kindling.prep.read;

/** A record that is no document: a reason to count and a cause to read, without the record's text. */
final class BadRecord extends Exception {
    private static final long serialVersionUID = 1;
    private final String reason;

    BadRecord(String reason, String cause) {
        super(cause, null, false, false); // no stack trace: a million bad lines must not cost a million walks
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
