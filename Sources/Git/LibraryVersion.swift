internal import CGitShims
internal import CTransport
internal import Clibgit2

/// A library that nbgit is linked with, and its version.
public struct LibraryVersion: Hashable, Sendable {
    /// As its authors write it.
    public let name: String
    /// As the library itself answers; not what nbgit was compiled with.
    public let version: String

    /// Names both.
    public init(_ name: String, _ version: String) {
        self.name = name
        self.version = version
    }

    /// Those that git and its servers need.
    public static var ofGit: [LibraryVersion] {
        var (major, minor, revision): (Int32, Int32, Int32) = (0, 0, 0)
        git_libgit2_version(&major, &minor, &revision)
        let compression = nbgit_zlib_version().map { String(cString: $0) }
        return [
            LibraryVersion("libgit2", "\(major).\(minor).\(revision)"),
            LibraryVersion("OpenSSL", String(cString: nbgit_openssl_version())),
            LibraryVersion("c-ares", String(cString: nbgit_cares_version())),
        ] + [compression.map { LibraryVersion("zlib", $0) }].compactMap(\.self)
    }
}
