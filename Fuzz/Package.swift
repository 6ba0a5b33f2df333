// swift-tools-version: 6.2
import PackageDescription

// The program behind Fuzz/run: libFuzzer's own `main`, and the laws of Tests/Laws.
let package = Package(
    name: "fuzz",
    products: [.executable(name: "fuzz", targets: ["Fuzz"])],
    dependencies: [
        // The name is given because the folder of a checkout may have any.
        .package(name: "nbgit", path: "..")
    ],
    targets: [
        .executableTarget(
            name: "Fuzz", dependencies: [.product(name: "Laws", package: "nbgit")],
            swiftSettings: [
                .swiftLanguageMode(.v6), .enableUpcomingFeature("InternalImportsByDefault"),
                .treatAllWarnings(as: .error), .unsafeFlags(["-parse-as-library"]),
            ])
    ]
)
