internal import Platform

/// The line that says who we are; it lies where nobody else looks, and is wiped when it is let go of.
///
/// Follows RFC 7617.
struct HTTPAuthorization {
    private let line: Secret

    /// The line for a credential.
    init(_ credential: Credential) {
        let name = Array(credential.username.utf8)
        let pair = Secret(capacity: name.count + 1 + credential.secret.byteCount) { span in
            for byte in name { span.append(byte) }
            span.append(UInt8(ascii: ":"))
            credential.secret.withBytes { bytes in
                for index in bytes.indices { span.append(bytes[index]) }
            }
        }
        self.init("Authorization", pair)
    }

    /// The line for `user:password`.
    init(name: String, _ userInfo: [UInt8]) {
        self.init(name, Secret(userInfo))
    }

    private init(_ name: String, _ pair: Secret) {
        let start = Array("\(name): Basic ".utf8)
        let length = start.count + Base64.length(of: pair.byteCount) + 2
        line = Secret(capacity: length) { span in
            for byte in start { span.append(byte) }
            pair.withBytes { Base64.append($0, to: &span) }
            for byte in "\r\n".utf8 { span.append(byte) }
        }
    }

    /// Sends it as a part of a question.
    func send(on connection: HTTPConnection) throws(GitError) {
        let result = line.withBytes { bytes in
            bytes.withUnsafeBufferPointer { buffer in
                Result { () throws(GitError) in try connection.send(UnsafeRawBufferPointer(buffer))
                }
            }
        }
        try result.get()
    }
}
