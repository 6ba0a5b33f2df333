/// What is happening between this repository and another.
public enum TransferEvent: Hashable, Sendable {
    /// Something is done to one object after the other.
    case progress(Step, done: Int, total: Int, byteCount: Int)
    /// The server says something, cleaned; a passing line shows how far it is, and the next one takes its place.
    case serverLine(String, isPassing: Bool)
    /// What the person should know, whatever comes of it.
    case warning(String)

    /// What is being done.
    public enum Step: Hashable, Sendable {
        /// Objects come from the server.
        case receiving
        /// Differences are put together with what they are of.
        case resolving
        /// What the server lacks is looked for.
        case counting
        /// Objects go to the server.
        case sending
    }
}
