/** A leaf as `info` shows it. */
export const BRACES = `
    acl {
        acl-filter EDGE-IN type ipv4 {
            entry 10 {
                description "BGP of the firewall"
                match {
                    ipv4 {
                        protocol tcp
                        source-ip {
                            prefix 192.168.10.0/24
                        }
                    }
                    transport {
                        destination-port {
                            operator eq
                            value 179
                        }
                    }
                }
                action {
                    accept {
                    }
                }
            }
            entry 20 {
                action {
                    drop {
                        log true
                    }
                }
            }
        }
        interface irb0.10 {
            input {
                acl-filter EDGE-IN type ipv4 {
                }
            }
        }
    }
    interface ethernet-1/1 {
        description "TENANT: red, server switch of rack 01"
        admin-state enable
        vlan-tagging true
        subinterface 10 {
            type bridged
            admin-state enable
            vlan {
                encap {
                    single-tagged {
                        vlan-id 10
                    }
                }
            }
        }
    }
    interface ethernet-1/49 {
        description "UPLINK: spine1 ethernet-1/1"
        admin-state enable
        mtu 9232
        subinterface 0 {
            description "to spine1"
            ip-mtu 9000
            ipv4 {
                admin-state enable
                address 10.0.1.1/31 {
                }
            }
        }
    }
    interface irb0 {
        subinterface 10 {
            ipv4 {
                admin-state enable
                address 192.168.10.1/24 {
                    anycast-gw true
                    primary
                }
            }
            anycast-gw {
                virtual-router-id 1
            }
        }
    }
    interface mgmt0 {
        admin-state enable
        subinterface 0 {
            ipv4 {
                admin-state enable
                address 172.20.20.11/24 {
                }
            }
        }
    }
    interface system0 {
        subinterface 0 {
            ipv4 {
                admin-state enable
                address 10.255.0.1/32 {
                }
            }
        }
    }
    network-instance MAC10 {
        type mac-vrf
        interface ethernet-1/1.10 {
        }
        interface irb0.10 {
        }
    }
    network-instance RED {
        type ip-vrf
        description "Tenant red"
        interface irb0.10 {
        }
        vxlan-interface vxlan1.100 {
        }
        protocols {
            bgp-evpn {
                bgp-instance 1 {
                    admin-state enable
                    vxlan-interface vxlan1.100
                    evi 100
                    ecmp 4
                }
            }
            bgp {
                autonomous-system 65000
                router-id 192.168.10.1
                dynamic-neighbors {
                    accept {
                        match 192.168.10.0/24 {
                            peer-group edge
                            allowed-peer-as [
                                65100..65199
                            ]
                        }
                    }
                }
                ebgp-default-policy {
                    import-reject-all false
                    export-reject-all true
                }
                afi-safi ipv4-unicast {
                    admin-state enable
                    multipath {
                        maximum-paths 4
                    }
                }
                group edge {
                    description "firewalls"
                    export-policy [
                        TO-EDGE
                    ]
                    afi-safi ipv4-unicast {
                        ipv4-unicast {
                            prefix-limit {
                                max-received-routes 100
                            }
                        }
                    }
                }
            }
            bgp-vpn {
                bgp-instance 1 {
                    route-distinguisher {
                        rd 10.255.0.1:100
                    }
                    route-target {
                        export-rt target:65000:100
                        import-rt target:65000:100
                    }
                }
            }
        }
        aggregate-routes {
            route 192.168.0.0/16 {
                summary-only true
            }
        }
        static-routes {
            route 0.0.0.0/0 {
                next-hop-group FIREWALL
            }
            route 198.51.100.0/24 {
                preference 200
                next-hop-group DROP
            }
        }
        next-hop-groups {
            group DROP {
                blackhole {
                    generate-icmp false
                }
            }
            group FIREWALL {
                nexthop 1 {
                    ip-address 192.168.10.254
                }
            }
        }
    }
    network-instance default {
        type default
        admin-state enable
        router-id 10.255.0.1
        interface ethernet-1/49.0 {
        }
        interface system0.0 {
        }
        protocols {
            bgp {
                admin-state enable
                autonomous-system 65000
                afi-safi evpn {
                    admin-state enable
                    evpn {
                        rapid-update true
                    }
                }
                group overlay {
                    peer-as 65000
                    afi-safi evpn {
                        admin-state enable
                    }
                    afi-safi ipv4-unicast {
                        admin-state disable
                    }
                    authentication {
                        keychain OVERLAY
                    }
                    timers {
                        hold-time 9
                        keepalive-interval 3
                    }
                    transport {
                        local-address 10.255.0.1
                    }
                }
                neighbor 10.255.0.101 {
                    description spine1
                    peer-group overlay
                }
            }
            ospf {
                instance underlay {
                    admin-state enable
                    version ospf-v2
                    max-ecmp-paths 4
                    area 0.0.0.0 {
                        interface ethernet-1/49.0 {
                            interface-type point-to-point
                            metric 100
                        }
                        interface system0.0 {
                            passive true
                        }
                    }
                }
            }
        }
    }
    network-instance mgmt {
        type ip-vrf
        interface mgmt0.0 {
        }
        static-routes {
            route 0.0.0.0/0 {
                next-hop-group OOB
            }
        }
        next-hop-groups {
            group OOB {
                nexthop 1 {
                    ip-address 172.20.20.1
                }
            }
        }
    }
    routing-policy {
        prefix-set RED-NETS {
            prefix 192.168.0.0/16 mask-length-range 24..32 {
            }
            prefix 198.51.100.0/24 mask-length-range exact {
            }
        }
        community-set TENANTS {
            member [
                65000:20
                "65000:2.+"
                65000:1:2
            ]
        }
        policy TO-EDGE {
            default-action {
                policy-result reject
            }
            statement 10 {
                match {
                    prefix-set RED-NETS
                    protocol local
                }
                action {
                    policy-result accept
                    bgp {
                        med {
                            set 50
                        }
                        as-path {
                            prepend {
                                as-number auto
                                repeat-n 2
                            }
                        }
                    }
                }
            }
            statement 20 {
                match {
                    bgp {
                        community-set TENANTS
                    }
                }
                action {
                    policy-result next-policy
                }
            }
        }
    }
    system {
        aaa {
            authentication {
                idle-timeout 600
                authentication-method [
                    TACACS
                    local
                ]
                admin-user {
                    password $y$j9T$c2VjcmV0
                }
                user breakglass {
                    password $y$j9T$YnJlYWs
                    role [
                        operators
                    ]
                }
            }
            server-group TACACS {
                type tacacs
                server 10.255.250.11 {
                    network-instance mgmt
                    tacacs {
                        secret-key $aes1$ATBUBnHz
                    }
                }
            }
        }
        authentication {
            keychain OVERLAY {
                type tcp-md5
                key 1 {
                    algorithm md5
                    authentication-key $aes1$AVBUBnHz
                }
            }
        }
        ssh-server mgmt {
            admin-state enable
            network-instance mgmt
        }
        banner {
            login-banner "leaf1, rack 01
authorised operators only"
        }
        name {
            host-name leaf1
        }
        ntp {
            admin-state enable
            network-instance mgmt
            server 10.255.250.41 {
                prefer true
            }
        }
    }
    tunnel-interface vxlan1 {
        vxlan-interface 100 {
            type routed
            ingress {
                vni 100
            }
        }
    }
`;

/** The same as `info flat` shows it. */
export const FLAT = `
set / acl acl-filter EDGE-IN type ipv4 entry 10 description "BGP of the firewall"
set / acl acl-filter EDGE-IN type ipv4 entry 10 match ipv4 protocol tcp
set / acl acl-filter EDGE-IN type ipv4 entry 10 match ipv4 source-ip prefix 192.168.10.0/24
set / acl acl-filter EDGE-IN type ipv4 entry 10 match transport destination-port operator eq
set / acl acl-filter EDGE-IN type ipv4 entry 10 match transport destination-port value 179
set / acl acl-filter EDGE-IN type ipv4 entry 10 action accept
set / acl acl-filter EDGE-IN type ipv4 entry 20 action drop log true
set / acl interface irb0.10 input acl-filter EDGE-IN type ipv4
set / interface ethernet-1/1 description "TENANT: red, server switch of rack 01"
set / interface ethernet-1/1 admin-state enable
set / interface ethernet-1/1 vlan-tagging true
set / interface ethernet-1/1 subinterface 10 type bridged
set / interface ethernet-1/1 subinterface 10 admin-state enable
set / interface ethernet-1/1 subinterface 10 vlan encap single-tagged vlan-id 10
set / interface ethernet-1/49 description "UPLINK: spine1 ethernet-1/1"
set / interface ethernet-1/49 admin-state enable
set / interface ethernet-1/49 mtu 9232
set / interface ethernet-1/49 subinterface 0 description "to spine1"
set / interface ethernet-1/49 subinterface 0 ip-mtu 9000
set / interface ethernet-1/49 subinterface 0 ipv4 admin-state enable
set / interface ethernet-1/49 subinterface 0 ipv4 address 10.0.1.1/31
set / interface irb0 subinterface 10 ipv4 admin-state enable
set / interface irb0 subinterface 10 ipv4 address 192.168.10.1/24 anycast-gw true
set / interface irb0 subinterface 10 ipv4 address 192.168.10.1/24 primary
set / interface irb0 subinterface 10 anycast-gw virtual-router-id 1
set / interface mgmt0 admin-state enable
set / interface mgmt0 subinterface 0 ipv4 admin-state enable
set / interface mgmt0 subinterface 0 ipv4 address 172.20.20.11/24
set / interface system0 subinterface 0 ipv4 admin-state enable
set / interface system0 subinterface 0 ipv4 address 10.255.0.1/32
set / network-instance MAC10 type mac-vrf
set / network-instance MAC10 interface ethernet-1/1.10
set / network-instance MAC10 interface irb0.10
set / network-instance RED type ip-vrf
set / network-instance RED description "Tenant red"
set / network-instance RED interface irb0.10
set / network-instance RED vxlan-interface vxlan1.100
set / network-instance RED protocols bgp-evpn bgp-instance 1 admin-state enable
set / network-instance RED protocols bgp-evpn bgp-instance 1 vxlan-interface vxlan1.100
set / network-instance RED protocols bgp-evpn bgp-instance 1 evi 100
set / network-instance RED protocols bgp-evpn bgp-instance 1 ecmp 4
set / network-instance RED protocols bgp autonomous-system 65000
set / network-instance RED protocols bgp router-id 192.168.10.1
set / network-instance RED protocols bgp dynamic-neighbors accept match 192.168.10.0/24 peer-group edge
set / network-instance RED protocols bgp dynamic-neighbors accept match 192.168.10.0/24 allowed-peer-as [ 65100..65199 ]
set / network-instance RED protocols bgp ebgp-default-policy import-reject-all false
set / network-instance RED protocols bgp ebgp-default-policy export-reject-all true
set / network-instance RED protocols bgp afi-safi ipv4-unicast admin-state enable
set / network-instance RED protocols bgp afi-safi ipv4-unicast multipath maximum-paths 4
set / network-instance RED protocols bgp group edge description "firewalls"
set / network-instance RED protocols bgp group edge export-policy [ TO-EDGE ]
set / network-instance RED protocols bgp group edge afi-safi ipv4-unicast ipv4-unicast prefix-limit max-received-routes 100
set / network-instance RED protocols bgp-vpn bgp-instance 1 route-distinguisher rd 10.255.0.1:100
set / network-instance RED protocols bgp-vpn bgp-instance 1 route-target export-rt target:65000:100
set / network-instance RED protocols bgp-vpn bgp-instance 1 route-target import-rt target:65000:100
set / network-instance RED aggregate-routes route 192.168.0.0/16 summary-only true
set / network-instance RED static-routes route 0.0.0.0/0 next-hop-group FIREWALL
set / network-instance RED static-routes route 198.51.100.0/24 preference 200
set / network-instance RED static-routes route 198.51.100.0/24 next-hop-group DROP
set / network-instance RED next-hop-groups group DROP blackhole generate-icmp false
set / network-instance RED next-hop-groups group FIREWALL nexthop 1 ip-address 192.168.10.254
set / network-instance default type default
set / network-instance default admin-state enable
set / network-instance default router-id 10.255.0.1
set / network-instance default interface ethernet-1/49.0
set / network-instance default interface system0.0
set / network-instance default protocols bgp admin-state enable
set / network-instance default protocols bgp autonomous-system 65000
set / network-instance default protocols bgp afi-safi evpn admin-state enable
set / network-instance default protocols bgp afi-safi evpn evpn rapid-update true
set / network-instance default protocols bgp group overlay peer-as 65000
set / network-instance default protocols bgp group overlay afi-safi evpn admin-state enable
set / network-instance default protocols bgp group overlay afi-safi ipv4-unicast admin-state disable
set / network-instance default protocols bgp group overlay authentication keychain OVERLAY
set / network-instance default protocols bgp group overlay timers hold-time 9
set / network-instance default protocols bgp group overlay timers keepalive-interval 3
set / network-instance default protocols bgp group overlay transport local-address 10.255.0.1
set / network-instance default protocols bgp neighbor 10.255.0.101 description spine1
set / network-instance default protocols bgp neighbor 10.255.0.101 peer-group overlay
set / network-instance default protocols ospf instance underlay admin-state enable
set / network-instance default protocols ospf instance underlay version ospf-v2
set / network-instance default protocols ospf instance underlay max-ecmp-paths 4
set / network-instance default protocols ospf instance underlay area 0.0.0.0 interface ethernet-1/49.0 interface-type point-to-point
set / network-instance default protocols ospf instance underlay area 0.0.0.0 interface ethernet-1/49.0 metric 100
set / network-instance default protocols ospf instance underlay area 0.0.0.0 interface system0.0 passive true
set / network-instance mgmt type ip-vrf
set / network-instance mgmt interface mgmt0.0
set / network-instance mgmt static-routes route 0.0.0.0/0 next-hop-group OOB
set / network-instance mgmt next-hop-groups group OOB nexthop 1 ip-address 172.20.20.1
set / routing-policy prefix-set RED-NETS prefix 192.168.0.0/16 mask-length-range 24..32
set / routing-policy prefix-set RED-NETS prefix 198.51.100.0/24 mask-length-range exact
set / routing-policy community-set TENANTS member [ 65000:20 "65000:2.+" 65000:1:2 ]
set / routing-policy policy TO-EDGE default-action policy-result reject
set / routing-policy policy TO-EDGE statement 10 match prefix-set RED-NETS
set / routing-policy policy TO-EDGE statement 10 match protocol local
set / routing-policy policy TO-EDGE statement 10 action policy-result accept
set / routing-policy policy TO-EDGE statement 10 action bgp med set 50
set / routing-policy policy TO-EDGE statement 10 action bgp as-path prepend as-number auto
set / routing-policy policy TO-EDGE statement 10 action bgp as-path prepend repeat-n 2
set / routing-policy policy TO-EDGE statement 20 match bgp community-set TENANTS
set / routing-policy policy TO-EDGE statement 20 action policy-result next-policy
set / system aaa authentication idle-timeout 600
set / system aaa authentication authentication-method [ TACACS local ]
set / system aaa authentication admin-user password $y$j9T$c2VjcmV0
set / system aaa authentication user breakglass password $y$j9T$YnJlYWs
set / system aaa authentication user breakglass role [ operators ]
set / system aaa server-group TACACS type tacacs
set / system aaa server-group TACACS server 10.255.250.11 network-instance mgmt
set / system aaa server-group TACACS server 10.255.250.11 tacacs secret-key $aes1$ATBUBnHz
set / system authentication keychain OVERLAY type tcp-md5
set / system authentication keychain OVERLAY key 1 algorithm md5
set / system authentication keychain OVERLAY key 1 authentication-key $aes1$AVBUBnHz
set / system ssh-server mgmt admin-state enable
set / system ssh-server mgmt network-instance mgmt
set / system banner login-banner "leaf1, rack 01
authorised operators only"
set / system name host-name leaf1
set / system ntp admin-state enable
set / system ntp network-instance mgmt
set / system ntp server 10.255.250.41 prefer true
set / tunnel-interface vxlan1 vxlan-interface 100 type routed
set / tunnel-interface vxlan1 vxlan-interface 100 ingress vni 100
`;

/** The same as `info | as json` shows it. */
export const JSON_FORM = `{
  "acl": {
    "acl-filter": [
      {
        "name": "EDGE-IN",
        "type": "ipv4",
        "entry": [
          {
            "sequence-id": 10,
            "description": "BGP of the firewall",
            "match": {
              "ipv4": {
                "protocol": "tcp",
                "source-ip": {
                  "prefix": "192.168.10.0/24"
                }
              },
              "transport": {
                "destination-port": {
                  "operator": "eq",
                  "value": 179
                }
              }
            },
            "action": {
              "accept": {}
            }
          },
          {
            "sequence-id": 20,
            "action": {
              "drop": {
                "log": true
              }
            }
          }
        ]
      }
    ],
    "interface": [
      {
        "name": "irb0.10",
        "input": {
          "acl-filter": [
            {
              "name": "EDGE-IN",
              "type": "ipv4"
            }
          ]
        }
      }
    ]
  },
  "interface": [
    {
      "name": "ethernet-1/1",
      "description": "TENANT: red, server switch of rack 01",
      "admin-state": "enable",
      "vlan-tagging": true,
      "subinterface": [
        {
          "index": 10,
          "type": "bridged",
          "admin-state": "enable",
          "vlan": {
            "encap": {
              "single-tagged": {
                "vlan-id": 10
              }
            }
          }
        }
      ]
    },
    {
      "name": "ethernet-1/49",
      "description": "UPLINK: spine1 ethernet-1/1",
      "admin-state": "enable",
      "mtu": 9232,
      "subinterface": [
        {
          "index": 0,
          "description": "to spine1",
          "ip-mtu": 9000,
          "ipv4": {
            "admin-state": "enable",
            "address": [
              {
                "ip-prefix": "10.0.1.1/31"
              }
            ]
          }
        }
      ]
    },
    {
      "name": "irb0",
      "subinterface": [
        {
          "index": 10,
          "ipv4": {
            "admin-state": "enable",
            "address": [
              {
                "ip-prefix": "192.168.10.1/24",
                "anycast-gw": true,
                "primary": [
                  null
                ]
              }
            ]
          },
          "anycast-gw": {
            "virtual-router-id": 1
          }
        }
      ]
    },
    {
      "name": "mgmt0",
      "admin-state": "enable",
      "subinterface": [
        {
          "index": 0,
          "ipv4": {
            "admin-state": "enable",
            "address": [
              {
                "ip-prefix": "172.20.20.11/24"
              }
            ]
          }
        }
      ]
    },
    {
      "name": "system0",
      "subinterface": [
        {
          "index": 0,
          "ipv4": {
            "admin-state": "enable",
            "address": [
              {
                "ip-prefix": "10.255.0.1/32"
              }
            ]
          }
        }
      ]
    }
  ],
  "network-instance": [
    {
      "name": "MAC10",
      "type": "mac-vrf",
      "interface": [
        {
          "name": "ethernet-1/1.10"
        },
        {
          "name": "irb0.10"
        }
      ]
    },
    {
      "name": "RED",
      "type": "ip-vrf",
      "description": "Tenant red",
      "interface": [
        {
          "name": "irb0.10"
        }
      ],
      "vxlan-interface": [
        {
          "name": "vxlan1.100"
        }
      ],
      "protocols": {
        "bgp-evpn": {
          "bgp-instance": [
            {
              "id": 1,
              "admin-state": "enable",
              "vxlan-interface": "vxlan1.100",
              "evi": 100,
              "ecmp": 4
            }
          ]
        },
        "bgp": {
          "autonomous-system": 65000,
          "router-id": "192.168.10.1",
          "dynamic-neighbors": {
            "accept": {
              "match": [
                {
                  "prefix": "192.168.10.0/24",
                  "peer-group": "edge",
                  "allowed-peer-as": [
                    "65100..65199"
                  ]
                }
              ]
            }
          },
          "ebgp-default-policy": {
            "import-reject-all": false,
            "export-reject-all": true
          },
          "afi-safi": [
            {
              "afi-safi-name": "srl_nokia-common:ipv4-unicast",
              "admin-state": "enable",
              "multipath": {
                "maximum-paths": 4
              }
            }
          ],
          "group": [
            {
              "group-name": "edge",
              "description": "firewalls",
              "export-policy": [
                "TO-EDGE"
              ],
              "afi-safi": [
                {
                  "afi-safi-name": "srl_nokia-common:ipv4-unicast",
                  "ipv4-unicast": {
                    "prefix-limit": {
                      "max-received-routes": 100
                    }
                  }
                }
              ]
            }
          ]
        },
        "bgp-vpn": {
          "bgp-instance": [
            {
              "id": 1,
              "route-distinguisher": {
                "rd": "10.255.0.1:100"
              },
              "route-target": {
                "export-rt": "target:65000:100",
                "import-rt": "target:65000:100"
              }
            }
          ]
        }
      },
      "aggregate-routes": {
        "route": [
          {
            "prefix": "192.168.0.0/16",
            "summary-only": true
          }
        ]
      },
      "static-routes": {
        "route": [
          {
            "prefix": "0.0.0.0/0",
            "next-hop-group": "FIREWALL"
          },
          {
            "prefix": "198.51.100.0/24",
            "preference": 200,
            "next-hop-group": "DROP"
          }
        ]
      },
      "next-hop-groups": {
        "group": [
          {
            "name": "DROP",
            "blackhole": {
              "generate-icmp": false
            }
          },
          {
            "name": "FIREWALL",
            "nexthop": [
              {
                "index": 1,
                "ip-address": "192.168.10.254"
              }
            ]
          }
        ]
      }
    },
    {
      "name": "default",
      "type": "default",
      "admin-state": "enable",
      "router-id": "10.255.0.1",
      "interface": [
        {
          "name": "ethernet-1/49.0"
        },
        {
          "name": "system0.0"
        }
      ],
      "protocols": {
        "bgp": {
          "admin-state": "enable",
          "autonomous-system": 65000,
          "afi-safi": [
            {
              "afi-safi-name": "srl_nokia-common:evpn",
              "admin-state": "enable",
              "evpn": {
                "rapid-update": true
              }
            }
          ],
          "group": [
            {
              "group-name": "overlay",
              "peer-as": 65000,
              "afi-safi": [
                {
                  "afi-safi-name": "srl_nokia-common:evpn",
                  "admin-state": "enable"
                },
                {
                  "afi-safi-name": "srl_nokia-common:ipv4-unicast",
                  "admin-state": "disable"
                }
              ],
              "authentication": {
                "keychain": "OVERLAY"
              },
              "timers": {
                "hold-time": 9,
                "keepalive-interval": 3
              },
              "transport": {
                "local-address": "10.255.0.1"
              }
            }
          ],
          "neighbor": [
            {
              "peer-address": "10.255.0.101",
              "description": "spine1",
              "peer-group": "overlay"
            }
          ]
        },
        "ospf": {
          "instance": [
            {
              "name": "underlay",
              "admin-state": "enable",
              "version": "ospf-v2",
              "max-ecmp-paths": 4,
              "area": [
                {
                  "area-id": "0.0.0.0",
                  "interface": [
                    {
                      "name": "ethernet-1/49.0",
                      "interface-type": "point-to-point",
                      "metric": 100
                    },
                    {
                      "name": "system0.0",
                      "passive": true
                    }
                  ]
                }
              ]
            }
          ]
        }
      }
    },
    {
      "name": "mgmt",
      "type": "ip-vrf",
      "interface": [
        {
          "name": "mgmt0.0"
        }
      ],
      "static-routes": {
        "route": [
          {
            "prefix": "0.0.0.0/0",
            "next-hop-group": "OOB"
          }
        ]
      },
      "next-hop-groups": {
        "group": [
          {
            "name": "OOB",
            "nexthop": [
              {
                "index": 1,
                "ip-address": "172.20.20.1"
              }
            ]
          }
        ]
      }
    }
  ],
  "system": {
    "aaa": {
      "authentication": {
        "idle-timeout": 600,
        "authentication-method": [
          "TACACS",
          "local"
        ],
        "admin-user": {
          "password": "$y$j9T$c2VjcmV0"
        },
        "user": [
          {
            "username": "breakglass",
            "password": "$y$j9T$YnJlYWs",
            "role": [
              "operators"
            ]
          }
        ]
      },
      "server-group": [
        {
          "name": "TACACS",
          "type": "tacacs",
          "server": [
            {
              "address": "10.255.250.11",
              "network-instance": "mgmt",
              "tacacs": {
                "secret-key": "$aes1$ATBUBnHz"
              }
            }
          ]
        }
      ]
    },
    "authentication": {
      "keychain": [
        {
          "name": "OVERLAY",
          "type": "tcp-md5",
          "key": [
            {
              "index": 1,
              "algorithm": "md5",
              "authentication-key": "$aes1$AVBUBnHz"
            }
          ]
        }
      ]
    },
    "ssh-server": [
      {
        "name": "mgmt",
        "admin-state": "enable",
        "network-instance": "mgmt"
      }
    ],
    "banner": {
      "login-banner": "leaf1, rack 01\\nauthorised operators only"
    },
    "name": {
      "host-name": "leaf1"
    },
    "ntp": {
      "admin-state": "enable",
      "network-instance": "mgmt",
      "server": [
        {
          "address": "10.255.250.41",
          "prefer": true
        }
      ]
    }
  },
  "tunnel-interface": [
    {
      "name": "vxlan1",
      "vxlan-interface": [
        {
          "index": 100,
          "type": "routed",
          "ingress": {
            "vni": 100
          }
        }
      ]
    }
  ],
  "srl_nokia-routing-policy:routing-policy": {
    "prefix-set": [
      {
        "name": "RED-NETS",
        "prefix": [
          {
            "ip-prefix": "192.168.0.0/16",
            "mask-length-range": "24..32"
          },
          {
            "ip-prefix": "198.51.100.0/24",
            "mask-length-range": "exact"
          }
        ]
      }
    ],
    "community-set": [
      {
        "name": "TENANTS",
        "member": [
          "65000:20",
          "65000:2.+",
          "65000:1:2"
        ]
      }
    ],
    "policy": [
      {
        "name": "TO-EDGE",
        "default-action": {
          "policy-result": "reject"
        },
        "statement": [
          {
            "name": 10,
            "match": {
              "prefix-set": "RED-NETS",
              "protocol": "local"
            },
            "action": {
              "policy-result": "accept",
              "bgp": {
                "med": {
                  "set": 50
                },
                "as-path": {
                  "prepend": {
                    "as-number": "auto",
                    "repeat-n": 2
                  }
                }
              }
            }
          },
          {
            "name": 20,
            "match": {
              "bgp": {
                "community-set": "TENANTS"
              }
            },
            "action": {
              "policy-result": "next-policy"
            }
          }
        ]
      }
    ]
  }
}
`;
