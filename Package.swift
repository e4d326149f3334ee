// swift-tools-version: 6.2
import PackageDescription

/// The rooms of the house, from the bottom up. `docs/house.md` draws the arrows; `TidyTests` holds the imports against them.
let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "onewindow",
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    ],
    targets: [
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "Vocabulary", resources: [.copy("Resources")], swiftSettings: house),
        .target(
            name: "Store",
            dependencies: [
                "Vocabulary", "CLibpq",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "Signing",
            dependencies: [
                "Vocabulary", "COpenSSL",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: house
        ),
        .target(name: "Catalogue", dependencies: ["Store", "Vocabulary"], resources: [.copy("Resources")], swiftSettings: house),
        .target(
            name: "Accounts",
            dependencies: [
                "Store", "Vocabulary",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "StoreTestSupport", dependencies: ["Store", "Vocabulary"], path: "Tests/StoreTestSupport",
            swiftSettings: house),
        .testTarget(
            name: "StoreContractTests", dependencies: ["Store", "StoreTestSupport", "Vocabulary"], swiftSettings: house),
        .testTarget(name: "VocabularyTests", dependencies: ["Vocabulary"], swiftSettings: house),
    ]
)
