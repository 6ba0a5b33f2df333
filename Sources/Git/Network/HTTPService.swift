internal import Platform

/// A repository on an http or https server, asked and told by git's protocol.
///
/// Only one origin (scheme, host, port) is ever spoken to: what redirects elsewhere is not followed. A credential is
/// sent only to that origin, when it asks for one.
///
/// Follows gitprotocol-http(5).
final class HTTPService: SmartService {
    let route: ServerRoute
    private let credentials: CredentialChain?
    private let question: CredentialRequest
    private var trust: Trust?
    private(set) var connection: HTTPConnection?
    private(set) var authorization: HTTPAuthorization?
    /// What ``authorization`` was made of last.
    private(set) var offered: Credential?
    /// The path of the repository; a redirect may change it.
    private(set) var path: String
    private var state = State.idle

    /// Where a request stands.
    private enum State {
        case idle
        /// The question is gathered, as long as it is short.
        case gathering(SmartRequest, [UInt8])
        /// The question is sent in chunks.
        case sending(SmartRequest)
        case answering
    }

    /// A question up to this size is sent whole, so that it can be sent again; `http.postBuffer` of git.
    private static let wholeByteCount = 1 << 20

    let isStateless = true

    /// Prepares; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - route: How to get there.
    ///   - credentials: Who we are; nil where nobody shall be told.
    ///   - question: What is asked for when the server wants to know.
    init(_ route: ServerRoute, _ credentials: CredentialChain?, _ question: CredentialRequest) {
        self.route = route
        self.credentials = credentials
        self.question = question
        path = "/" + route.address.path
        while path.hasSuffix("/") { path.removeLast() }
    }

    // MARK: Requests

    func begin(_ request: SmartRequest) throws(GitError) {
        guard request.isAdvertisement else {
            state = .gathering(request, [])
            return
        }
        try askForAdvertisement(request)
        state = .answering
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(GitError) {
        switch state {
        case .gathering(let request, var gathered):
            gathered.append(contentsOf: bytes)
            state = .gathering(request, gathered)
            // What is fetched with is never long, and a fetch can be asked for again.
            guard gathered.count > Self.wholeByteCount, case .push = request else { return }
            try startSending(request)
            try sendChunk(gathered)
            state = .sending(request)
        case .sending: try sendChunk(Array(bytes))
        case .idle, .answering: preconditionFailure("a question comes before its answer")
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
        switch state {
        case .gathering(let request, let gathered):
            let head = try answer(
                method: "POST", target: target(request), fields: Self.fields(for: request),
                body: gathered, isRepeatable: !request.changesServer)
            try requireResult(head, request)
            state = .answering
        case .sending(let request):
            try finishSending(request)
            state = .answering
        case .idle, .answering: break
        }
        return try connection?.readBody(into: buffer) ?? 0
    }

    func end() {
        connection?.skipBody()
        state = .idle
    }

    func close() {
        connection = nil
        state = .idle
    }

    private func target(_ request: SmartRequest) -> String {
        request.isAdvertisement
            ? "\(path)/info/refs?service=\(request.program)" : "\(path)/\(request.program)"
    }

    private static func fields(for request: SmartRequest) -> [String] {
        [
            "Content-Type: application/x-\(request.program)-request",
            "Accept: application/x-\(request.program)-result",
        ]
    }

    // MARK: What the server has

    private func askForAdvertisement(_ request: SmartRequest) throws(GitError) {
        // More than a few redirects go round in a circle.
        for _ in 0..<5 {
            let head = try answer(
                method: "GET", target: target(request), fields: ["Accept: */*"], body: [],
                isRepeatable: true)
            guard (300..<400).contains(head.status), let place = head.value("location") else {
                return try requireAdvertisement(head, request)
            }
            connection?.skipBody()
            try follow(place, request)
        }
        throw refused("the server redirects in a circle", hint: "ask who runs it")
    }

    /// Goes on with the path that a redirect names on the same server.
    private func follow(_ place: String, _ request: SmartRequest) throws(GitError) {
        let isRelative = place.hasPrefix("/") && !place.hasPrefix("//")
        let text = isRelative ? "\(route.origin)\(place)" : place
        guard let address = ServerAddress(text), address.origin == route.origin else {
            let shown = ServerAddress(text)?.origin.description ?? "an address of another kind"
            throw refused(
                "\(route.origin) redirects to \(shown), which was not asked for; it was told nothing",
                hint: "if you trust it, use its address: nbgit remote list, git remote set-url")
        }
        let tail = "/info/refs"
        guard "/\(address.path)".hasSuffix(tail) else {
            throw refused(
                "\(route.origin) redirects to another page, which is no repository",
                hint: "look for a slip in the address; a page for signing in may also be in the way"
            )
        }
        path = String("/\(address.path)".dropLast(tail.count))
    }

    private func requireAdvertisement(_ head: HTTPHead, _ request: SmartRequest) throws(GitError) {
        try requireSuccess(head, request)
        guard head.contentType != "application/x-\(request.program)-advertisement" else { return }
        throw notGit(head)
    }

    private func requireResult(_ head: HTTPHead, _ request: SmartRequest) throws(GitError) {
        try requireSuccess(head, request)
        guard head.contentType != "application/x-\(request.program)-result" else { return }
        let error = notGit(head)
        // It may have done what was asked for nevertheless.
        throw request.changesServer
            ? GitError(error.message, hint: error.hint, network: .cut) : error
    }

    // MARK: Long questions

    /// Asks with nothing first, so that who we are is settled before much is sent.
    ///
    /// What is sent in chunks cannot be sent again. Follows probe_rpc in remote-curl.c of git.
    private func startSending(_ request: SmartRequest) throws(GitError) {
        let head = try answer(
            method: "POST", target: target(request), fields: Self.fields(for: request),
            body: PacketLine.flush, isRepeatable: true)
        try requireSuccess(head, request)
        connection?.skipBody()
        let connection = try readyConnection()
        try send(
            on: connection, method: "POST", target: target(request),
            fields: Self.fields(for: request) + ["Transfer-Encoding: chunked"], body: [])
    }

    private func sendChunk(_ bytes: [UInt8]) throws(GitError) {
        guard let connection, !bytes.isEmpty else { return }
        let length = String(bytes.count, radix: 16)
        do throws(GitError) {
            try connection.send(Array("\(length)\r\n".utf8) + bytes + Array("\r\n".utf8))
        } catch let error where error.network == .cut {
            // A server that says no in the middle says why first.
            guard let head = try? connection.head() else { throw error }
            throw refusal(head, .push)
        }
    }

    private func finishSending(_ request: SmartRequest) throws(GitError) {
        guard let connection else { return }
        try connection.send(Array("0\r\n\r\n".utf8))
        try requireResult(try connection.head(), request)
    }

    // MARK: One question, one answer

    /// Asks until the server knows who we are or there is nothing more to say.
    private func answer(
        method: String, target: String, fields: [String], body: [UInt8], isRepeatable: Bool
    ) throws(GitError) -> HTTPHead {
        while true {
            let head = try firstAnswer(method, target, fields, body, isRepeatable)
            guard head.status == 401 else {
                if authorization != nil, (200..<300).contains(head.status) {
                    credentials?.approve()
                }
                return head
            }
            let words = authorization == nil ? nil : words(of: head)
            connection?.skipBody()
            if authorization != nil {
                authorization = nil
                credentials?.reject(saying: words, advice(head, words).refusalHint)
            }
            try requireKnownChallenge(head)
            guard let credentials else {
                throw GitError.notAuthenticated("\(route.origin) wants to know who you are")
            }
            let credential = try credentials.credential(for: question)
            offered = credential
            authorization = HTTPAuthorization(credential)
        }
    }

    /// Asks; once more where the server had closed a connection that was used before.
    private func firstAnswer(
        _ method: String, _ target: String, _ fields: [String], _ body: [UInt8],
        _ isRepeatable: Bool
    ) throws(GitError) -> HTTPHead {
        let connection = try readyConnection()
        let wasUsed = connection.isUsed
        do throws(GitError) {
            let length = method == "POST" ? ["Content-Length: \(body.count)"] : []
            try send(
                on: connection, method: method, target: target, fields: fields + length, body: body)
            return try connection.head()
        } catch let error where error.network == .cut && wasUsed && isRepeatable {
            self.connection = nil
            return try firstAnswer(method, target, fields, body, false)
        }
    }

    private func readyConnection() throws(GitError) -> HTTPConnection {
        if let connection, connection.isReady { return connection }
        connection = nil
        if trust == nil { trust = try route.trust() }
        let made = try route.connect(trust)
        connection = made
        return made
    }

    private func send(
        on connection: HTTPConnection, method: String, target: String, fields: [String],
        body: [UInt8]
    ) throws(GitError) {
        // Some servers answer differently to what is not called git.
        let lines =
            ["\(method) \(target) HTTP/1.1", "Host: \(route.origin.hostAndPort)"]
            + ["User-Agent: git/2.0 (nbgit)"] + fields
        try connection.ask(lines, authorization, body: body)
    }

    private func requireKnownChallenge(_ head: HTTPHead) throws(GitError) {
        let challenges = head.values("www-authenticate")
        let kinds = challenges.flatMap { $0.split(separator: ",") }.compactMap {
            $0.split(separator: " ").first?.lowercased()
        }
        guard !kinds.contains("basic"), let kind = kinds.first else { return }
        throw GitError.notAuthenticated(
            "\(route.origin) wants to be told who you are by '\(Path(kind).displayName)', "
                + "which nbgit does not know",
            hint: "it knows names with tokens ('Basic'); ask who runs the server")
    }
}
