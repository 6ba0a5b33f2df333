import Platform
import Support
import Testing

@testable import Git

/// Where each distribution keeps certificates, as its packages lay them out.
@Suite struct SystemCertificatesTests {
    private static let hashed = "4042bcee.0"

    @Test(arguments: [
        (
            "Debian", ["etc/ssl/certs/ca-certificates.crt", "etc/ssl/certs/\(hashed)"],
            "etc/ssl/certs"
        ),
        (
            "Debian without names by hash", ["etc/ssl/certs/ca-certificates.crt"],
            "etc/ssl/certs/ca-certificates.crt"
        ),
        ("Alpine", ["etc/ssl/certs/\(hashed)", "etc/ssl/cert.pem"], "etc/ssl/certs"),
        ("Alpine without ca-certificates", ["etc/ssl/cert.pem"], "etc/ssl/cert.pem"),
        ("Fedora", ["etc/pki/tls/certs/ca-bundle.crt"], "etc/pki/tls/certs/ca-bundle.crt"),
        ("Fedora 43", ["etc/pki/tls/certs/\(hashed)"], "etc/pki/tls/certs"),
        (
            "RHEL", ["etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"],
            "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"
        ), ("openSUSE", ["etc/ssl/ca-bundle.pem"], "etc/ssl/ca-bundle.pem"),
        (
            "FreeBSD", ["usr/local/share/certs/ca-root-nss.crt"],
            "usr/local/share/certs/ca-root-nss.crt"
        ), ("conda alone", ["opt/conda/ssl/cacert.pem"], "opt/conda/ssl/cacert.pem"),
        (
            "Fedora beside conda", ["opt/conda/ssl/cacert.pem", "etc/pki/tls/certs/ca-bundle.crt"],
            "etc/pki/tls/certs/ca-bundle.crt"
        ), ("a bare system", ["etc/ssl/certs/README"], ""),
    ])
    func `they are found`(system: String, files: [String], place: String) throws {
        let root = try TemporaryDirectory()
        for file in files { try root.write("", to: file) }
        let found = SystemCertificates(
            below: Path(root.path),
            environment: Environment(["CONDA_PREFIX": root.path("opt/conda")]))
        let names = [found.file, found.folder].compactMap { $0?.displayName }
        #expect(names == (place.isEmpty ? [] : [root.path(place)]))
    }

    @Test func `a link to the folder is followed, as openSUSE and Fedora have it`() throws {
        let root = try TemporaryDirectory()
        try root.write("", to: "var/lib/ca-certificates/pem/\(Self.hashed)")
        try root.makeFolder("etc/ssl")
        _ = try run(
            ["ln", "-s", "../../var/lib/ca-certificates/pem", "etc/ssl/certs"], in: root.path)
        let found = SystemCertificates(below: Path(root.path), environment: Environment([:]))
        #expect(found.folder?.displayName == root.path("etc/ssl/certs"))
    }
}
