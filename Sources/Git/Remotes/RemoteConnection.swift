internal import CGitShims
internal import Clibgit2
internal import Platform

/// A reference that another repository has.
struct AdvertisedReference: Hashable {
    let name: ReferenceName
    let id: ObjectID
    /// What it points at where it is no object, as `HEAD` does.
    let target: ReferenceName?
}

/// A conversation with another repository, from its list of references on.
final class RemoteConnection {
    /// What it has, in its order; `<tag>^{}` is what an annotated tag is about.
    let references: [AdvertisedReference]
    private let remote: OpaquePointer
    let session: RemoteSession

    /// Connects and reads the list.
    ///
    /// - Parameters:
    ///   - repository: Where objects go to or come from.
    ///   - url: Only a name for libgit2; `service` knows the way.
    ///   - isPush: Whether something will be pushed.
    ///   - service: The way.
    ///   - observe: Is told what happens.
    /// - Throws: ``GitError`` where there is no such list to be had.
    init(
        _ repository: Repository, url: RemoteURL, isPush: Bool, _ service: any SmartService,
        _ observe: @escaping (TransferEvent) -> Void
    ) throws(GitError) {
        let session = RemoteSession(service, observe)
        var options = git_remote_create_options()
        git_remote_create_options_init(&options, UInt32(GIT_REMOTE_CREATE_OPTIONS_VERSION))
        options.repository = repository.pointer
        // The address is as the rules made it already.
        options.flags = UInt32(GIT_REMOTE_CREATE_SKIP_INSTEADOF.rawValue)
        let remote = try made("git_remote_create_with_opts") {
            git_remote_create_with_opts(&$0, url.withoutPassword, &options)
        }
        do throws(GitError) {
            var connecting = git_remote_connect_options()
            git_remote_connect_options_init(
                &connecting, UInt32(GIT_REMOTE_CONNECT_OPTIONS_VERSION))
            connecting.callbacks = session.callbacks()
            try session.check(
                "git_remote_connect_ext",
                git_remote_connect_ext(
                    remote, isPush ? GIT_DIRECTION_PUSH : GIT_DIRECTION_FETCH, &connecting))
            references = try Self.list(remote, session)
        } catch {
            git_remote_free(remote)
            throw error
        }
        self.remote = remote
        self.session = session
    }

    deinit {
        // Lets go of the transport, which still knows the session.
        withExtendedLifetime(session) { git_remote_free(remote) }
    }

    private static func list(
        _ remote: OpaquePointer, _ session: RemoteSession
    ) throws(GitError) -> [AdvertisedReference] {
        var heads: UnsafeMutablePointer<UnsafePointer<git_remote_head>?>?
        var count = 0
        try session.check("git_remote_ls", git_remote_ls(&heads, &count, remote))
        return (0..<count).compactMap { index in
            guard let head = heads?[index]?.pointee else { return nil }
            return AdvertisedReference(
                name: ReferenceName(Path(cString: head.name)), id: ObjectID(head.oid),
                target: head.symref_target.map { ReferenceName(Path(cString: $0)) })
        }
    }

    /// The object of a reference, nil where there is no such reference.
    func id(of name: ReferenceName) -> ObjectID? { references.first { $0.name == name }?.id }

    /// Fetches the objects that references need and this repository lacks.
    ///
    /// - Parameters:
    ///   - refspecs: What is wanted, as libgit2 reads it.
    ///   - depth: How many commits of each, where libgit2 can limit that; nil for all.
    /// - Throws: ``GitError``; nothing is here then.
    func download(_ refspecs: [[UInt8]], depth: Int? = nil) throws(GitError) {
        var options = git_fetch_options()
        git_fetch_options_init(&options, UInt32(GIT_FETCH_OPTIONS_VERSION))
        options.callbacks = session.callbacks()
        options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE
        options.prune = GIT_FETCH_NO_PRUNE
        if let depth { nbgit_limit_depth(&options, Int32(clamping: depth)) }
        let answer = withStringArray(refspecs) { git_remote_download(remote, $0, &options) }
        session.hearTheRest()
        try session.check("git_remote_download", answer)
    }

    /// Sends objects, and asks for references to be moved.
    ///
    /// - Parameter refspecs: With full names.
    /// - Throws: ``GitError``; where it has a ``GitError/network`` problem that is ``NetworkProblem/cut``, the server
    ///   may have done it nevertheless.
    func upload(_ refspecs: [[UInt8]]) throws(GitError) {
        var options = git_push_options()
        git_push_options_init(&options, UInt32(GIT_PUSH_OPTIONS_VERSION))
        options.callbacks = session.callbacks()
        // As many threads as there are processors.
        options.pb_parallelism = 0
        let answer = withStringArray(refspecs) { git_remote_upload(remote, $0, &options) }
        session.hearTheRest()
        try session.check("git_remote_upload", answer)
    }

    private func withStringArray(
        _ texts: [[UInt8]], _ body: (UnsafePointer<git_strarray>) -> Int32
    ) -> Int32 {
        withCStrings(texts) { pointers in
            var strings = pointers.map { UnsafeMutablePointer(mutating: $0) }
            return strings.withUnsafeMutableBufferPointer { buffer in
                var array = git_strarray(strings: buffer.baseAddress, count: buffer.count)
                return body(&array)
            }
        }
    }
}
