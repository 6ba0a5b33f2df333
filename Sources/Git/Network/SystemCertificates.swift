internal import Platform

/// Where a system keeps the certificates that its programs trust.
struct SystemCertificates: Hashable {
    /// A file with all of them.
    private(set) var file: Path?
    /// A folder with a file for each: only those that are needed are read, so it is preferred.
    private(set) var folder: Path?

    /// Looks for them; neither is found where the system has none.
    ///
    /// - Parameters:
    ///   - root: Where the system begins.
    ///   - environment: `CONDA_PREFIX` names the environment whose own are taken where the system has none.
    init(below root: Path = "/", environment: Environment) {
        folder = Self.folders.map(root.appending).first(where: Self.isHashed)
        guard folder == nil else { return }
        let conda = environment.path("CONDA_PREFIX")?.appending("ssl/cacert.pem")
        file = (Self.files.map(root.appending) + [conda].compactMap(\.self))
            .first { (try? File.status(of: $0)) != nil }
    }

    /// Debian, openSUSE and Alpine, Fedora and RHEL.
    private static let folders: [Path] = ["etc/ssl/certs", "etc/pki/tls/certs"]

    /// Debian, Fedora, openSUSE, RHEL, Alpine and the BSDs, in that order.
    private static let files: [Path] = [
        "etc/ssl/certs/ca-certificates.crt", "etc/pki/tls/certs/ca-bundle.crt",
        "etc/ssl/ca-bundle.pem", "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "etc/ssl/cert.pem", "usr/local/share/certs/ca-root-nss.crt",
    ]

    /// Whether certificates lie there under the names that OpenSSL looks for: `4042bcee.0`.
    private static func isHashed(_ folder: Path) -> Bool {
        let found = Folder.walk(folder) { entry in
            entry.kind == .folder ? .skip : isHash(entry.name) ? .take : .skip
        }
        return !found.taken.isEmpty
    }

    private static func isHash(_ name: Path) -> Bool {
        let digits = name.bytes.prefix(8)
        return name.bytes.count == 10 && name.bytes.suffix(2) == Array(".0".utf8)[...]
            && digits.allSatisfy { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "f") }
    }
}
