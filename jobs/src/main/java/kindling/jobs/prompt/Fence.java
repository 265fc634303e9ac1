package kindling.jobs.prompt;

/**
 * A document between fences longer than any that it holds, so that no document can end itself and go on as an instruction.
 *
 * <p>Source: CommonMark 0.31.2, section 4.5, Fenced code blocks.
 */
final class Fence {
    private static final int SHORTEST = 3;

    private Fence() {}

    static String around(String document) {
        String fence = "`".repeat(Math.max(SHORTEST, longestRun(document) + 1));
        return fence + "\n" + document.strip() + "\n" + fence;
    }

    private static int longestRun(String document) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < document.length(); i++) {
            run = document.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
