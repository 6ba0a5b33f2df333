/// What a server of git is asked for.
enum SmartRequest {
    /// What it has, before something is fetched.
    case advertisementForFetch
    /// What is missing here.
    case fetch
    /// What it has, before something is pushed.
    case advertisementForPush
    /// To take what is missing there.
    case push

    /// The program that answers it.
    var program: String {
        switch self {
        case .advertisementForFetch, .fetch: "git-upload-pack"
        case .advertisementForPush, .push: "git-receive-pack"
        }
    }

    /// Whether nothing is sent but the question itself.
    var isAdvertisement: Bool {
        switch self {
        case .advertisementForFetch, .advertisementForPush: true
        case .fetch, .push: false
        }
    }
}

/// A way to a server that speaks git's protocol, below libgit2.
///
///     begin ──> write… ──> read… ──> end       (again and again)
///
/// Follows gitprotocol-pack(5).
protocol SmartService: AnyObject {
    /// Whether each request is answered for itself, as over HTTP.
    var isStateless: Bool { get }

    /// Asks.
    func begin(_ request: SmartRequest) throws(GitError)

    /// Says more of what belongs to the question.
    func write(_ bytes: UnsafeRawBufferPointer) throws(GitError)

    /// Reads what is there of the answer, at least one byte.
    ///
    /// - Returns: How many bytes; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(GitError) -> Int

    /// Is done with the request.
    func end()

    /// Is done with the server.
    func close()
}
