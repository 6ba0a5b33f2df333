internal import Platform

/// What git and its credential helpers say to each other: lines of `key=value`, closed by an empty one.
///
/// Follows git-credential(1), "INPUT/OUTPUT FORMAT".
struct CredentialMessage {
    /// The lines, in memory that nobody else sees.
    let text: Secret

    /// Helpers answer with less.
    static let longestByteCount = 65_535

    /// Takes what a program said.
    init(_ text: Secret) {
        self.text = text
    }

    /// Says what is known.
    ///
    /// - Parameters:
    ///   - request: The server, and who asks.
    ///   - credential: What was asked for, where it is told and not asked.
    ///   - end: When it is to be forgotten, in seconds since the start of 1970; git before 2.41 takes no notice.
    /// - Throws: ``GitError`` where a value would end its line early and so say something else.
    init(
        _ request: CredentialRequest, _ credential: Credential? = nil, until end: Int? = nil
    ) throws(GitError) {
        var lines = [
            "protocol=\(request.origin.scheme.rawValue)", "host=\(request.origin.hostAndPort)",
        ]
        if let path = request.path { lines.append("path=\(path)") }
        if let name = credential?.username ?? request.username {
            lines.append("username=\(name)")
        }
        if let end { lines.append("password_expiry_utc=\(end)") }
        guard !lines.contains(where: { $0.utf8.contains { $0 < 0x20 || $0 == 0x7F } }) else {
            throw GitError(
                "the user name or the path for \(request.origin) has control characters in it")
        }
        let secret = credential?.secret
        let head = Array((lines.joined(separator: "\n") + "\n").utf8)
        text = Secret(capacity: head.count + (secret?.byteCount ?? 0) + 16) { span in
            for byte in head { span.append(byte) }
            if let secret {
                for byte in "password=".utf8 { span.append(byte) }
                secret.append(to: &span)
                span.append(.newline)
            }
            span.append(.newline)
        }
    }

    /// The last value of a key, nil where it is not told or has control characters in it.
    func value(_ key: String) -> Secret? {
        let key = Array("\(key)=".utf8)
        return text.withBytes { text -> Secret? in
            var found: Secret?
            var start = 0
            for end in 0...text.count where end == text.count || text[end] == .newline {
                defer { start = end + 1 }
                guard end - start >= key.count,
                    key.indices.allSatisfy({ text[start + $0] == key[$0] })
                else { continue }
                let value = text.extracting((start + key.count)..<end)
                let isPlain = value.indices.allSatisfy { value[$0] >= 0x20 && value[$0] != 0x7F }
                found = isPlain && !value.isEmpty ? Secret(value) : nil
            }
            return found
        }
    }
}
