internal import CTransport
internal import Platform

/// Whose certificates are believed, read when the first server is spoken to.
final class Trust {
    let pointer: OpaquePointer
    /// Whether certificates are looked at.
    let isVerifying: Bool

    /// Reads certificates from where ``TrustPlace`` says.
    init(_ place: TrustPlace) throws(GitError) {
        guard !place.isVerifying || place.file != nil || place.folder != nil else {
            throw GitError(
                "this machine has no certificates, so no server can show who it is",
                hint:
                    "install them (most call them ca-certificates), or name a file: SSL_CERT_FILE=<file>"
            )
        }
        var (pointer, failure) = (OpaquePointer?.none, nbgit_failure())
        func make(_ file: UnsafePointer<CChar>?, _ folder: UnsafePointer<CChar>?) -> Int32 {
            nbgit_trust_new(&pointer, file, folder, place.isVerifying, &failure)
        }
        let answer = place.file.withOptionalCName { file in
            place.folder.withOptionalCName { folder in make(file, folder) }
        }
        guard answer == 0, let pointer else {
            let path = place.file ?? place.folder
            // OpenSSL says 'system lib' then.
            let isThere = path.flatMap { try? File.status(of: $0) } != nil
            let reason = !isThere ? "there is none" : failure.text
            throw GitError(
                "the certificates to trust cannot be read: \(reason.isEmpty ? "no reason given" : reason)",
                path: path, hint: place.source.map { "\($0) says that they are there" })
        }
        self.pointer = pointer
        isVerifying = place.isVerifying
    }

    deinit { nbgit_trust_free(pointer) }
}

extension Path? {
    fileprivate func withOptionalCName<Answer>(
        _ body: (UnsafePointer<CChar>?) -> Answer
    ) -> Answer {
        guard let path = self else { return body(nil) }
        return path.cName.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
