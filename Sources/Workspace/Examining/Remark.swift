/// What was found out about one thing that nbgit depends on, and what to do about it.
public struct Remark: Sendable, Equatable {
    /// What it is about.
    public enum Topic: String, Sendable, CaseIterable {
        case nbgit, libraries, programs, home, repository, identity, hooks, ignoring, pairs,
            settings
        case remotes, connections, certificates, proxy, helpers, logins, terminal
    }

    /// How things stand.
    public enum State: String, Sendable {
        /// Nothing is to be done.
        case ok
        /// Good to know, and something that can be done about it, if one likes.
        case note
        /// Something does not work until it is mended.
        case todo
    }

    /// What it is about.
    public let topic: Topic
    /// How things stand.
    public let state: State
    /// How that is, or what is wrong and where; its hint is what to do.
    public let finding: Failure

    init(_ topic: Topic, _ state: State, _ message: String, hint: String? = nil) {
        self.topic = topic
        self.state = state
        finding = Failure(message, hint: hint)
    }

    /// Says that all is well.
    init(_ topic: Topic, _ message: String) { self.init(topic, .ok, message) }

    /// Says that something has to be mended.
    init(_ topic: Topic, _ failure: Failure) {
        self.topic = topic
        state = .todo
        finding = failure
    }

    /// Says how a terminal stands, which only the program itself knows.
    public static func terminal(_ message: String, hint: String? = nil) -> Remark {
        Remark(.terminal, hint == nil ? .ok : .note, message, hint: hint)
    }
}
